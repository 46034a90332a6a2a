// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DevicesTest {
  @Test
  void theFirstDeviceIsTheDefaultAndAnswersToBothItsAddresses() {
    Devices.Entry first = Devices.find(null);
    assertThat(Devices.find("0:0")).isEqualTo(first);
    assertThat(Devices.find(first.id())).isEqualTo(first);
  }

  @Test
  void theJvmDeviceIsAlwaysDescribedButHiddenByAnSdk() {
    assertThat(Devices.describe()).filteredOn(d -> d.id().equals("jvm")).singleElement().satisfies(jvm -> {
      assertThat(jvm.memory()).isEqualTo(Runtime.getRuntime().maxMemory());
      assertThat(jvm.toString()).matches("jvm  JAVA +[0-9.]+ GiB  JVM, [0-9]+ threads?");
    });
    if (Devices.isJvm(Devices.find(null).device())) {
      assertThat(Devices.find("jvm")).isEqualTo(Devices.find(null));
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Devices.find("jvm"))
          .withMessageContaining("./arturo ... --device jvm");
    }
  }

  @Test
  void anUnknownAddressIsRefusedWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Devices.find("9:9"))
        .withMessageStartingWith("no device '9:9'; there are: " + Devices.find(null).id() + " (");
  }

  @Test
  void aMissingDriverIsExplainedInOneLine() {
    Error thrown =
        new ExceptionInInitializerError(
            new IllegalStateException(
                "\u001b[31m[WARNING] No OpenCL platforms found. Deoptimizing to sequential execution.\u001b[0m\nmore"));
    assertThat(Devices.noStart(thrown))
        .hasCause(thrown)
        .hasMessage(
            "TornadoVM does not start: No OpenCL platforms found; install the driver of a device that the SDK's backend"
                + " can use, or run on the plain JVM with --device jvm or without TORNADOVM_HOME");
    assertThat(Devices.noStart(new UnsatisfiedLinkError("libcuda.so.1")))
        .hasMessageStartingWith("TornadoVM does not start: libcuda.so.1; install");
  }
}
