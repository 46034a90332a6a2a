// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid3D;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

@OnJvmDevice
@Timeout(60)
class KernelContextTest {
  private static final int GROUP = 64;

  /** Sum of each group, as a tree. */
  static void sums(KernelContext context, FloatArray x, FloatArray sums) {
    int i = context.localIdx;
    float[] local = context.allocateFloatLocalArray(GROUP);
    local[i] = x.get(context.globalIdx);
    for (int stride = context.localGroupSizeX / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (i < stride) {
        local[i] += local[i + stride];
      }
    }
    if (i == 0) {
      sums.set(context.groupIdx, local[0]);
    }
  }

  static void failsInOneThread(KernelContext context, FloatArray x, FloatArray sums) {
    if (context.globalIdx == 5) {
      sums.set(-1, 0f);
    }
    context.localBarrier();
    sums.set(context.groupIdx, x.get(0));
  }

  static void leavesEarly(KernelContext context, FloatArray x, FloatArray sums) {
    if (context.localIdx > 3) {
      return;
    }
    context.localBarrier();
    sums.set(context.groupIdx, x.get(0));
  }

  private static void run(TaskGraph graph, WorkerGrid grid) throws Exception {
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.withGridScheduler(new GridScheduler("g.t", grid)).execute();
    }
  }

  private static WorkerGrid1D grid(int threads) {
    WorkerGrid1D grid = new WorkerGrid1D(threads);
    grid.setLocalWork(GROUP, 1, 1);
    return grid;
  }

  @Test
  void reductionWithBarriers() throws Exception {
    int groups = 13;
    FloatArray x = new FloatArray(groups * GROUP);
    for (int i = 0; i < x.getSize(); i++) {
      x.set(i, i % 97);
    }
    FloatArray sums = new FloatArray(groups);
    run(
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x)
            .task("t", KernelContextTest::sums, new KernelContext(), x, sums)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, sums),
        grid(x.getSize()));
    for (int g = 0; g < groups; g++) {
      float expected = 0;
      for (int i = 0; i < GROUP; i++) {
        expected += (g * GROUP + i) % 97;
      }
      assertThat(sums.get(g)).isEqualTo(expected);
    }
  }

  @Test
  void aFailingThreadFailsTheTaskInsteadOfHangingIt() {
    FloatArray x = FloatArray.fromElements(1f);
    FloatArray sums = new FloatArray(2);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x)
            .task("t", KernelContextTest::failsInOneThread, new KernelContext(), x, sums);
    assertThatThrownBy(() -> run(graph, grid(2 * GROUP)))
        .isInstanceOf(TornadoRuntimeException.class)
        .hasMessageContaining("g.t");
  }

  @Test
  void aBarrierThatSomeThreadsNeverReachFails() {
    FloatArray x = FloatArray.fromElements(1f);
    FloatArray sums = new FloatArray(1);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x)
            .task("t", KernelContextTest::leavesEarly, new KernelContext(), x, sums);
    assertThatThrownBy(() -> run(graph, grid(GROUP)))
        .isInstanceOf(TornadoRuntimeException.class)
        .hasMessageContaining("barrier");
  }

  @Test
  void threadsKnowTheirPlace() throws Exception {
    IntArray seen = new IntArray(4 * 6 * 2 * 15);
    WorkerGrid3D grid = new WorkerGrid3D(4, 6, 2);
    grid.setLocalWork(2, 3, 1);
    run(
        new TaskGraph("g")
            .task("t", Places::write, new KernelContext(), seen)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, seen),
        grid);
    for (int z = 0, i = 0; z < 2; z++) {
      for (int y = 0; y < 6; y++) {
        for (int x = 0; x < 4; x++, i++) {
          int[] place = java.util.Arrays.copyOfRange(seen.toHeapArray(), i * 15, i * 15 + 15);
          assertThat(place).containsExactly(x, y, z, x % 2, y % 3, 0, x / 2, y / 3, z, 4, 6, 2, 2, 3, 1);
        }
      }
    }
  }

  @Test
  void aGridMustBeThereAndFit() throws Exception {
    FloatArray x = new FloatArray(100);
    FloatArray sums = new FloatArray(2);
    TaskGraph graph = new TaskGraph("g").task("t", KernelContextTest::sums, new KernelContext(), x, sums);
    assertThatThrownBy(() -> run(graph, grid(100))).hasMessageContaining("no multiple");
    // A grid belongs to a plan: the same graph has none in another.
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      assertThatThrownBy(plan::execute).hasMessageContaining("GridScheduler");
      assertThatThrownBy(() -> plan.withGridScheduler(new GridScheduler("g.u", grid(64))))
          .hasMessageContaining("g.u");
    }
  }

  /** A kernel class without barriers. */
  static final class Places {
    private Places() {}

    static void write(KernelContext c, IntArray seen) {
      int at = 15 * (c.globalIdx + c.globalGroupSizeX * (c.globalIdy + c.globalGroupSizeY * c.globalIdz));
      seen.set(at, c.globalIdx);
      seen.set(at + 1, c.globalIdy);
      seen.set(at + 2, c.globalIdz);
      seen.set(at + 3, c.localIdx);
      seen.set(at + 4, c.localIdy);
      seen.set(at + 5, c.localIdz);
      seen.set(at + 6, c.groupIdx);
      seen.set(at + 7, c.groupIdy);
      seen.set(at + 8, c.groupIdz);
      seen.set(at + 9, c.globalGroupSizeX);
      seen.set(at + 10, c.globalGroupSizeY);
      seen.set(at + 11, c.globalGroupSizeZ);
      seen.set(at + 12, c.localGroupSizeX);
      seen.set(at + 13, c.localGroupSizeY);
      seen.set(at + 14, c.localGroupSizeZ);
    }
  }
}
