// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.io.InputException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpusTest {
  /** GFLOP/s in float, without matrix units. */
  @ParameterizedTest
  @CsvSource({"h100, 67000", "a100, 19500", "rtx4090, 82600", "mi300x, 163400"})
  void processorsAndClockMakeTheDataSheetsPeak(String name, double peak) {
    assertThat(Gpus.find(name).peak()).isCloseTo(peak, within(peak / 100));
  }

  @Test
  void theirNamesAreTheirOwn() {
    assertThat(Gpus.ALL).extracting(Gpu::name).doesNotHaveDuplicates().hasSize(4);
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> Gpus.find("H100"))
        .withMessageContaining("'H100'; there are h100, a100, rtx4090, mi300x");
  }

  @Test
  void aDeviceIsKnownByItsNameAndItsProcessors() {
    assertThat(Gpus.ofDevice("NVIDIA H100 80GB HBM3", 132)).contains(Gpus.find("h100"));
    assertThat(Gpus.ofDevice("NVIDIA GeForce RTX 4090", 128)).contains(Gpus.find("rtx4090"));
    assertThat(Gpus.ofDevice("NVIDIA H100 PCIe", 114)).isEmpty();
    assertThat(Gpus.ofDevice("JVM, 2 threads", 2)).isEmpty();
  }

  @Test
  void whatAUserChangesIsChecked() {
    Gpu gpu = Gpus.find("a100").processors(56).clock(1.2).bandwidth(1500).launch(0);
    assertThat(gpu).extracting(Gpu::processors, Gpu::clock, Gpu::bandwidth, Gpu::launch).containsExactly(56, 1.2, 1500.0, 0.0);
    assertThat(gpu.peak()).isCloseTo(2 * 56 * 64 * 1.2, within(1e-9));
    assertRefused("--processors is 0; it must be between 1 and 65535", () -> gpu.processors(0));
    assertRefused("--clock is NaN; it must be above 0, in GHz", () -> gpu.clock(Double.NaN));
    assertRefused("--bandwidth is -1.0; it must be above 0, in GB/s", () -> gpu.bandwidth(-1));
    assertRefused("--launch is Infinity; it must be at least 0, in µs", () -> gpu.launch(Double.POSITIVE_INFINITY));
  }

  private static void assertRefused(String message, ThrowingCallable call) {
    assertThatExceptionOfType(InputException.class).isThrownBy(call).withMessage(message);
  }
}
