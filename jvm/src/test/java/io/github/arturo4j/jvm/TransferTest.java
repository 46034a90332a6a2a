// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** The device has memory of its own: nothing reaches it, or comes back, but by a transfer. */
@OnJvmDevice
class TransferTest {
  private static final int SIZE = 13;
  private final FloatArray x = filled(1f);
  private final FloatArray y = filled(10f);

  static void add(FloatArray x, FloatArray y, float factor) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      y.set(i, y.get(i) + factor * x.get(i));
    }
  }

  static void copy(FloatArray from, FloatArray to) {
    for (@Parallel int i = 0; i < to.getSize(); i++) {
      to.set(i, from.get(i));
    }
  }

  private static FloatArray filled(float value) {
    FloatArray array = new FloatArray(SIZE);
    array.init(value);
    return array;
  }

  private static void assertFilled(FloatArray array, float value) {
    assertThat(array.toHeapArray()).containsOnly(value);
  }

  @Test
  void newArraysHoldGarbage() {
    assertThat(new FloatArray(SIZE).toHeapArray()).containsOnly(Float.NaN);
    assertThat(new DoubleArray(SIZE).toHeapArray()).containsOnly(Double.NaN);
    assertThat(new IntArray(SIZE).toHeapArray()).doesNotContain(0);
    assertThat(new LongArray(SIZE).toHeapArray()).doesNotContain(0L);
    assertThat(new ByteArray(SIZE).toHeapArray()).doesNotContain((byte) 0);
  }

  @Test
  void firstExecutionCopiesOnceAndEveryExecutionEachTime() throws Exception {
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, y)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, x)
            .task("add", TransferTest::add, x, y, 2f)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
      assertFilled(y, 12f);
      y.init(0f);
      x.init(3f);
      plan.execute();
      assertFilled(y, 18f);
    }
  }

  @Test
  void underDemandCopiesOnlyWhenAsked() throws Exception {
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y)
            .task("add", TransferTest::add, x, y, 1f)
            .transferToHost(DataTransferMode.UNDER_DEMAND, y);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      var result = plan.execute();
      plan.execute();
      assertFilled(y, 10f);
      result.transferToHost(y);
      assertFilled(y, 12f);
      assertThatThrownBy(() -> result.transferToHost(x))
          .isInstanceOf(TornadoRuntimeException.class)
          .hasMessageContaining("no transferToHost");
    }
  }

  @Test
  void whatIsNotTransferredIsGarbageOnTheDevice() throws Exception {
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, y)
            .task("add", TransferTest::add, x, y, 1f)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
      assertFilled(y, Float.NaN);
    }
  }

  /** What no graph transfers has one memory, not one of the host's beside the device's. */
  @Test
  void whatIsNotTransferredIsOnTheDeviceOnly() throws Exception {
    FloatArray sum = new FloatArray(SIZE);
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y)
            .task("copy", TransferTest::copy, x, sum)
            .task("add", TransferTest::add, sum, y, 2f)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
    for (int i = 1; i <= 2; i++) { // the second plan has a memory of its own
      try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
        plan.execute();
        assertFilled(y, 10f + 2 * i);
        assertThat(plan.getCurrentDeviceMemoryUsage()).isEqualTo(3 * (16 + 4 * SIZE));
      }
      assertThat(sum.getSize()).isEqualTo(SIZE);
      assertThatThrownBy(() -> sum.init(0)).hasMessage("this FloatArray is on the device only: no graph transfers it");
      assertThatThrownBy(() -> sum.get(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void freedMemoryIsUploadedAgain() throws Exception {
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y)
            .task("add", TransferTest::add, x, y, 1f)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
      plan.execute();
      assertThat(plan.getCurrentDeviceMemoryUsage()).isEqualTo(2 * (16 + 4 * SIZE));
      plan.freeDeviceMemory();
      assertThat(plan.getCurrentDeviceMemoryUsage()).isZero();
      plan.execute();
      assertFilled(y, 12f);
    }
  }

  @Test
  void persistedArraysPassFromGraphToGraph() throws Exception {
    TaskGraph first =
        new TaskGraph("first")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y)
            .task("add", TransferTest::add, x, y, 1f)
            .persistOnDevice(x, y);
    TaskGraph second =
        new TaskGraph("second")
            .consumeFromDevice("first", x, y)
            .task("add", TransferTest::add, x, y, 100f)
            .persistOnDevice(x, y)
            .transferToHost(DataTransferMode.UNDER_DEMAND, y);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(first.snapshot(), second.snapshot())) {
      plan.withGraph(0).execute();
      plan.withGraph(1).execute();
      plan.withGraph(1).execute().transferToHost(y);
      assertFilled(y, 211f);
    }
  }

  @Test
  void anArrayThatIsNotConsumedIsEachGraphsOwn() throws Exception {
    TaskGraph first =
        new TaskGraph("first")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y)
            .task("add", TransferTest::add, x, y, 1f)
            .transferToHost(DataTransferMode.UNDER_DEMAND, y);
    TaskGraph second =
        new TaskGraph("second")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y)
            .task("add", TransferTest::add, x, y, 100f)
            .transferToHost(DataTransferMode.UNDER_DEMAND, y);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(first.snapshot(), second.snapshot())) {
      plan.withGraph(0).execute().transferToHost(y);
      assertFilled(y, 11f);
      y.init(0f);
      plan.withGraph(1).execute().transferToHost(y);
      assertFilled(y, 100f);
    }
  }

  @Test
  void consumingWhatWasNotPersistedFails() throws Exception {
    TaskGraph first =
        new TaskGraph("first")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x, y)
            .task("add", TransferTest::add, x, y, 1f);
    TaskGraph second =
        new TaskGraph("second").consumeFromDevice("first", y).task("add", TransferTest::add, y, y, 1f);
    try (TornadoExecutionPlan plan = new TornadoExecutionPlan(first.snapshot(), second.snapshot())) {
      plan.withGraph(0).execute();
      assertThatThrownBy(() -> plan.withGraph(1).execute())
          .isInstanceOf(TornadoRuntimeException.class)
          .hasMessageContaining("'first'");
    }
  }

  @Test
  void twoTasksOfOneNameAreRefused() {
    TaskGraph graph = new TaskGraph("g").task("add", TransferTest::add, x, y, 1f);
    assertThatThrownBy(() -> graph.task("add", TransferTest::add, x, y, 1f))
        .isInstanceOf(TornadoRuntimeException.class)
        .hasMessageContaining("add");
  }
}
