// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Logs as TornadoVM 5.2 writes them. */
class ProfileLogTest {
  private static String execution(int kernelTime, String more) {
    return """
        {
            "step": {
                "COPY_IN_TIME": "1202",
                "TOTAL_DISPATCH_DATA_TRANSFERS_TIME": "400",
                "TOTAL_KERNEL_TIME": "90",
                "TOTAL_DISPATCH_KERNEL_TIME": "67",
                "TOTAL_TASK_GRAPH_TIME": "91",
                "TOTAL_COPY_IN_SIZE_BYTES": "272",
                "step.a": {
                    "BACKEND": "OPENCL",
                    "METHOD": "Probe.slow",
                    "DEVICE_ID": "0:0",
                    "TOTAL_COPY_IN_SIZE_BYTES": "24",
                    "POWER_USAGE_mW": "n/a",
        %s            "TASK_KERNEL_TIME": "%d"
                },\s
                "step.c2": {
                    "BACKEND": "OPENCL",
                    "TASK_KERNEL_TIME": "7"
                }
            }
        }
        """.formatted(more, kernelTime);
  }

  private static final String DOWNLOAD = """
      {
          "step": {
              "COPY_OUT_TIME_SYNC": "13169",
              "COPY_OUT_SIZE_BYTES_SYNC": "400016",
          }
      }

      """;

  @Test
  void readsTheLastExecution() {
    ExecutionProfile profile = ProfileLog.last(execution(1, "") + DOWNLOAD + execution(80, "") + DOWNLOAD).orElseThrow();
    assertThat(profile.kernels()).containsOnlyKeys("a", "c2").containsEntry("a", 80L).containsEntry("c2", 7L);
    assertThat(profile.kernelTime()).isEqualTo(87);
    assertThat(profile.copyIn()).isEqualTo(1202);
    assertThat(profile.bytesIn()).isEqualTo(272);
    assertThat(profile.bytesOut()).isZero();
    assertThat(profile.dispatch()).isEqualTo(467);
    assertThat(profile.compilation()).isEmpty();
    assertThat(profile.timeOf("a")).isEqualTo(80);
    assertThat(profile.timeOf("unknown")).isZero();
  }

  @Test
  void aFirstExecutionHasCompilation() {
    String compiled = """
                    "TASK_CODE_GENERATION_TIME": "5",
                    "TASK_COMPILE_DRIVER_TIME": "600",
                    "TASK_COMPILE_GRAAL_TIME": "70",
        """;
    ExecutionProfile profile = ProfileLog.last(execution(80, compiled)).orElseThrow();
    assertThat(profile.compilation()).containsOnlyKeys("a").containsEntry("a", 675L);
    assertThat(profile.timeOf("a")).isEqualTo(755);
  }

  @Test
  void noExecutionIsNoProfile() {
    assertThat(ProfileLog.last("")).isEmpty();
    assertThat(ProfileLog.last(DOWNLOAD)).isEmpty();
  }
}
