// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

class DevicesTest {
  private static final Devices.Description JVM =
      device("jvm", TornadoDeviceType.CPU, "Java 25.0.1", "JVM, 2 threads");
  private static final Devices.Description POCL =
      device("0:0", TornadoDeviceType.CPU, "Portable Computing Language", "pthread-AMD EPYC 7B13");
  private static final Devices.Description ROCM =
      device("0:1", TornadoDeviceType.GPU, "AMD Accelerated Parallel Processing", "gfx90a:sramecc+:xnack-");
  private static final Devices.Description RUSTICL =
      device("0:2", TornadoDeviceType.GPU, "rusticl", "Radeon RX 6800 (radeonsi, navi21, ACO)");
  private static final Devices.Description INTEL =
      device("1:0", TornadoDeviceType.GPU, "Intel(R) OpenCL Graphics", "Intel(R) Arc(TM) A770 Graphics");
  private static final Devices.Description CUDA =
      device("2:0", TornadoDeviceType.GPU, "NVIDIA CUDA", "GRID K520");
  private static final Devices.Description PTX = device("3:0", TornadoDeviceType.GPU, "PTX", "Tesla V100-SXM2-16GB");

  private static Devices.Description device(String id, TornadoDeviceType type, String platform, String name) {
    return new Devices.Description(id, "a backend", platform, type, 1L << 30, 2, name);
  }

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
      assertThat(jvm.name()).startsWith("JVM, " + jvm.computeUnits() + " thread");
      assertThat(jvm.toString()).matches("jvm  JAVA +[0-9.]+ GiB  JVM, [0-9]+ threads?");
    });
    if (DeviceTraits.of(Devices.find(null).device()).plainJvm()) {
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
  void aGroupIsItsFirstDevice() {
    List<Devices.Description> all = List.of(INTEL, POCL, ROCM, RUSTICL, CUDA, PTX);
    assertThat(Devices.choose("amd", all)).isEqualTo(ROCM);
    assertThat(Devices.choose("nvidia", all)).isEqualTo(CUDA);
    assertThat(Devices.choose("cpu", all)).isEqualTo(POCL);
    assertThat(Devices.choose("0:2", all)).isEqualTo(RUSTICL);
    assertThat(Devices.choose("amd", all.reversed())).isEqualTo(RUSTICL);
    assertThat(Devices.choose("nvidia", all.reversed())).isEqualTo(PTX);
    assertThat(Devices.choose("cpu", List.of(JVM))).isEqualTo(JVM);
  }

  @Test
  void aProcessorIsNotTheGpuOfItsMaker() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Devices.choose("amd", List.of(POCL, INTEL, CUDA)))
        .withMessage(
            "no device 'amd'; there are: 0:0 (pthread-AMD EPYC 7B13), 1:0 (Intel(R) Arc(TM) A770 Graphics), 2:0 (GRID"
                + " K520)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Devices.choose("nvidia", List.of(POCL, ROCM, RUSTICL, INTEL)))
        .withMessageStartingWith("no device 'nvidia'; there are: 0:0 (pthread-AMD EPYC 7B13), 0:1 (gfx90a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Devices.choose("cpu", List.of(CUDA)))
        .withMessage("no device 'cpu'; there are: 2:0 (GRID K520)");
  }

  @Test
  void withoutAnSdkTheLineSaysWhatBringsMoreDevices() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Devices.choose("nvidia", List.of(JVM)))
        .withMessage(
            "no device 'nvidia'; there are: jvm (JVM, 2 threads); more with a TornadoVM SDK and TORNADOVM_HOME set to"
                + " it");
  }

  @Test
  void aMissingDriverIsExplainedInOneLine() {
    Error thrown =
        new ExceptionInInitializerError(
            new IllegalStateException(
                "\u001b[31m[WARNING] No OpenCL platforms found. Deoptimizing to sequential execution.\u001b[0m\nmore"));
    assertThat(Devices.noStart(thrown, Optional.of("no driver is there; 'install one'")))
        .hasCause(thrown)
        .hasMessage(
            "TornadoVM does not start: no driver is there; 'install one', or run on the plain JVM with --device jvm");
  }

  @Test
  void whatIsNotDiagnosedIsSaidInTornadoVmsWords() {
    Error thrown =
        new ExceptionInInitializerError(
            new IllegalStateException(
                "\u001b[31m[WARNING] No OpenCL platforms found. Deoptimizing to sequential execution.\u001b[0m\nmore"));
    assertThat(Devices.noStart(thrown, Optional.empty()))
        .hasCause(thrown)
        .hasMessage(
            "TornadoVM does not start: No OpenCL platforms found; install the driver of a device that the SDK's backend"
                + " can use, or run on the plain JVM with --device jvm");
    assertThat(Devices.noStart(new UnsatisfiedLinkError("libcuda.so.1"), Optional.empty()))
        .hasMessageStartingWith("TornadoVM does not start: libcuda.so.1; install");
  }
}
