// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.github.arturo4j.jvm.DeviceCounts;
import io.github.arturo4j.jvm.Workers;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** After the first step an optimizer compiles nothing, takes no more device memory, and allocates a few objects. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class SteadyStepTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Parameters: a copy of them is 1.2 MB, however many threads make it. */
  private static final int N = 300_007;

  private static final int STEPS = 41;

  /** On TornadoVM, where a step of arTuRO in paper mode takes 64 KiB, and one of Adam 11 KiB. */
  private static final long MAX_BYTES = 128 * 1024;

  private final TornadoDevice device;

  SteadyStepTest(Devices.Entry entry) {
    device = entry.device();
  }

  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.optimizer.OptimizerKind#all")
  void allocatesAFewObjectsInAllThreadsTogether(OptimizerKind kind) {
    try (OptimizerPlan plan = new OptimizerPlan(kind.create(null), new float[N], device)) {
      float[] gradient = gradient();
      plan.step(gradient, 0.01);
      long[] bytes = new long[STEPS];
      for (int step = 0; step < STEPS; step++) {
        long before = THREADS.getTotalThreadAllocatedBytes();
        plan.step(gradient, 0.01);
        bytes[step] = THREADS.getTotalThreadAllocatedBytes() - before;
      }
      // The median, because now and then the JDK specialises a method handle, which takes up to 200 KiB.
      Arrays.sort(bytes);
      assertThat(bytes[STEPS / 2]).isLessThan(maxBytes(kind));
    }
  }

  /**
   * On the JVM device a launch takes 180 bytes (its arguments, the job) and 57 for each thread (its own arguments), and
   * half as much again without compressed pointers.
   */
  private long maxBytes(OptimizerKind kind) {
    if (!DeviceTraits.of(device).plainJvm()) {
      return MAX_BYTES;
    }
    KernelProgram program = new KernelProgram(device);
    KernelGraph before = program.section("before");
    KernelGraph update = program.section("update");
    Optimizer optimizer = kind.create(null);
    Parameters parameters = Parameters.of(new FloatArray(N), new FloatArray(N));
    optimizer.addBefore(before, parameters);
    optimizer.addTo(update, parameters);
    return 256 + (before.taskCount() + update.taskCount()) * (300L + 90L * Workers.count());
  }

  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.optimizer.OptimizerKind#all")
  void usesTheTasksAndTheMemoryOfTheFirstStepOnTheJvm(OptimizerKind kind) {
    assumeTrue(DeviceTraits.of(device).plainJvm(), "only the JVM device counts");
    long tasksBefore = DeviceCounts.tasks();
    long buffersBefore = DeviceCounts.buffers();
    try (OptimizerPlan plan = new OptimizerPlan(kind.create(null), new float[N], device)) {
      float[] gradient = gradient();
      plan.step(gradient, 0.01);
      long tasks = DeviceCounts.tasks();
      long buffers = DeviceCounts.buffers();
      assertThat(tasks).isGreaterThan(tasksBefore);
      assertThat(buffers).isGreaterThan(buffersBefore + 2); // parameters, gradients, and a state
      for (int step = 0; step < 5; step++) {
        plan.step(gradient, 0.01);
        plan.parameters();
        plan.report();
      }
      assertThat(DeviceCounts.tasks()).isEqualTo(tasks);
      assertThat(DeviceCounts.buffers()).isEqualTo(buffers);
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.optimizer.OptimizerKind#all")
  void compilesInTheFirstStepOnly(OptimizerKind kind) {
    assumeFalse(DeviceTraits.of(device).plainJvm(), "the JVM device compiles while it runs");
    FloatArray parameters = new FloatArray(N);
    FloatArray gradients = FloatArray.fromArray(gradient());
    Parameters trained = Parameters.of(parameters, gradients);
    KernelProgram program = new KernelProgram(device);
    Optimizer optimizer = kind.create(null);
    optimizer.addBefore(program.section("before").once(parameters), trained);
    optimizer.addTo(program.section("update").once(parameters, gradients).result(parameters), trained);
    try (GraphPlan plan = program.plan()) {
      assertThat(compilation(optimizer, 1, plan)).isPositive();
      for (int step = 2; step <= 4; step++) {
        assertThat(compilation(optimizer, step, plan)).isZero();
      }
    }
  }

  /** Nanoseconds that a step takes for compilation. */
  private static long compilation(Optimizer optimizer, long step, GraphPlan plan) {
    optimizer.prepare(step, 0.01);
    GraphPlan.Profiled execution = plan.executeProfiled("before").plus(plan.executeProfiled("update"));
    return execution.profile().orElseThrow().compilation().values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static float[] gradient() {
    float[] gradient = new float[N];
    for (int i = 0; i < N; i++) {
      gradient[i] = (i % 5 - 2) / 10f;
    }
    return gradient;
  }
}
