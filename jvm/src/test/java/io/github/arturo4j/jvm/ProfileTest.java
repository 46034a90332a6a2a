// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The JVM device measures what TornadoVM's profiler does. */
@OnJvmDevice
class ProfileTest {
  private final FloatArray x = FloatArray.fromArray(new float[] {1, 2, 3});
  private final FloatArray y = FloatArray.fromArray(new float[] {4, 5, 6, 7});

  static void slow(FloatArray x) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 2_000_000) {
      Thread.onSpinWait();
    }
    x.set(0, x.get(0) + 1f);
  }

  static void quick(FloatArray x) {
    x.set(0, x.get(0) + 1f);
  }

  private TornadoExecutionPlan plan() {
    TaskGraph graph =
        new TaskGraph("g")
            .transferToDevice(DataTransferMode.FIRST_EXECUTION, x)
            .transferToDevice(DataTransferMode.EVERY_EXECUTION, y)
            .task("slow", ProfileTest::slow, x)
            .task("quick", ProfileTest::quick, y)
            .transferToHost(DataTransferMode.EVERY_EXECUTION, y);
    return new TornadoExecutionPlan(graph.snapshot());
  }

  private static long value(String log, String key) {
    String at = "\"" + key + "\": \"";
    int from = log.indexOf(at) + at.length();
    return Long.parseLong(log.substring(from, log.indexOf('"', from)));
  }

  @Test
  void timesEachTaskAndCountsTheBytesOfCopies() throws Exception {
    try (TornadoExecutionPlan plan = plan()) {
      plan.withProfiler(ProfilerMode.SILENT);
      String log = plan.execute().getProfilerResult().getProfileLog();
      assertThat(value(log, "TOTAL_COPY_IN_SIZE_BYTES")).isEqualTo(12 + 16);
      assertThat(value(log, "TOTAL_COPY_OUT_SIZE_BYTES")).isEqualTo(16);
      assertThat(log.indexOf("g.slow")).isBetween(0, log.indexOf("g.quick"));
      String slow = log.substring(log.indexOf("g.slow"));
      String quick = log.substring(log.indexOf("g.quick"));
      assertThat(value(slow, "TASK_KERNEL_TIME")).isGreaterThanOrEqualTo(2_000_000);
      assertThat(value(quick, "TASK_KERNEL_TIME")).isNotNegative();
      assertThat(value(log, "TOTAL_KERNEL_TIME"))
          .isEqualTo(value(slow, "TASK_KERNEL_TIME") + value(quick, "TASK_KERNEL_TIME"))
          .isLessThanOrEqualTo(value(log, "TOTAL_TASK_GRAPH_TIME"));
      String second = plan.execute().getProfilerResult().getProfileLog();
      assertThat(value(second, "TOTAL_COPY_IN_SIZE_BYTES")).isEqualTo(16);
    }
  }

  @Test
  void measuresOnlyWhenAsked() throws Exception {
    try (TornadoExecutionPlan plan = plan()) {
      TornadoExecutionResult result = plan.execute();
      assertThat(result.getProfilerResult().getProfileLog()).isEmpty();
      plan.withProfiler(ProfilerMode.SILENT);
      String log = plan.execute().getProfilerResult().getProfileLog();
      plan.withoutProfiler();
      assertThat(plan.execute().getProfilerResult().getProfileLog()).isEqualTo(log).isNotEmpty();
    }
  }

  @Test
  void refusesWhatItHasNot() throws Exception {
    try (TornadoExecutionPlan plan = plan()) {
      assertThatThrownBy(() -> plan.withProfiler(ProfilerMode.CONSOLE))
          .isInstanceOf(TornadoRuntimeException.class)
          .hasMessageContaining("CONSOLE");
      assertThatThrownBy(plan::withCUDAGraph)
          .isInstanceOf(TornadoRuntimeException.class)
          .hasMessageContaining("CUDA graphs");
    }
  }
}
