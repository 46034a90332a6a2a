// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.kernels.choice.ProductChoice.Chosen;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.Precision;
import io.github.arturo4j.kernels.inspect.DeviceException;
import io.github.arturo4j.kernels.libraries.StandInProvider;
import io.github.arturo4j.kernels.linalg.LibraryLinearAlgebra;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoNativeStreamSupport;

/** Between kernels and libraries: the libraries only where they are there and right, and nothing else where they were asked for. */
class ProductChoiceTest {
  private static final TornadoDevice DEVICE = Devices.find(null).device();
  private static final String NO_LIBRARY = "cuBLAS does not load (libcublas.so.13: not there); install it";

  private final ProductChoice here = new ProductChoice();
  private final ProductChoice standIns = choice(() -> { });

  @BeforeAll
  static void onTheJvm() {
    Assumptions.assumeTrue(DeviceTraits.of(DEVICE).plainJvm(), "the stand-ins run on the JVM device");
  }

  @AfterEach
  void behave() {
    StandInProvider.misbehave(1, 0);
  }

  private static ProductChoice choice(Runnable loading) {
    return new ProductChoice(
        device -> Optional.empty(), loading, precision -> new LibraryLinearAlgebra(StandInProvider.NAME, precision));
  }

  @ParameterizedTest
  @EnumSource
  void librariesThatAreRightAreTaken(Precision precision) {
    Chosen chosen = standIns.choose(DEVICE, Products.AUTO, precision);
    assertThat(chosen.traits()).isEqualTo(DeviceTraits.of(DEVICE).libraries(precision));
    assertThat(chosen.traits().libraries()).contains(precision);
    assertThat(chosen.note()).isNull();
    assertThat(standIns.choose(DEVICE, Products.LIBRARIES, precision)).isEqualTo(chosen);
    assertThat(LinearAlgebra.of(chosen.traits())).isInstanceOf(LibraryLinearAlgebra.class);
  }

  @Test
  void fp32IsWhatNobodyAsksFor() {
    assertThat(standIns.choose(DEVICE, Products.AUTO, null).traits().libraries()).contains(Precision.FP32);
  }

  @Test
  void kernelsAreTakenWhereTheyAreAskedFor() {
    Chosen kernels = new Chosen(DeviceTraits.of(DEVICE), null);
    assertThat(standIns.choose(DEVICE, Products.KERNELS, null)).isEqualTo(kernels);
    assertThat(standIns.choose(DEVICE, Products.KERNELS, Precision.FP32)).isEqualTo(kernels);
    assertThatThrownBy(() -> standIns.choose(DEVICE, Products.KERNELS, Precision.TF32))
        .hasMessage("tf32 is a precision of NVIDIA's libraries, and kernels compute in fp32; leave one of the two out");
  }

  @Test
  void wrongOnesAreNotTakenAndTold() {
    StandInProvider.misbehave(1.01f, 0);
    Chosen chosen = standIns.choose(DEVICE, Products.AUTO, null);
    assertThat(chosen.traits()).isEqualTo(DeviceTraits.of(DEVICE));
    assertThat(chosen.note())
        .startsWith("products by kernels, without NVIDIA's libraries: they compute wrongly here (linear layer of 1×1 to 1: output[0] is ")
        .containsPattern(", expected .*, and \\d+ more\\)")
        .endsWith("; install others, or leave it to kernels with --linalg kernels");
    assertThatThrownBy(() -> standIns.choose(DEVICE, Products.LIBRARIES, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("they compute wrongly here (");
  }

  /** Products that are twice what they should be are no rounding, whatever the precision. */
  @ParameterizedTest
  @EnumSource
  void aPrecisionIsNoExcuse(Precision precision) {
    StandInProvider.misbehave(2, 0);
    assertThatThrownBy(() -> standIns.choose(DEVICE, Products.LIBRARIES, precision))
        .hasMessageStartingWith("they compute wrongly here (");
  }

  @Test
  void aCallThatFailsIsTold() {
    StandInProvider.misbehave(1, 13);
    String line = "cuBLAS: cublasGemmEx fails with status 13 (CUBLAS_STATUS_EXECUTION_FAILED) for a product of 1×1 by 1×1"
        + " (fp32); compute without it with --linalg kernels";
    assertThat(standIns.choose(DEVICE, Products.AUTO, null).note())
        .isEqualTo("products by kernels, without NVIDIA's libraries: " + line);
    assertThatThrownBy(() -> standIns.choose(DEVICE, Products.LIBRARIES, null)).hasMessage(line);
  }

  @Test
  void aLibraryThatDoesNotLoadIsTold() {
    ProductChoice missing =
        choice(
            () -> {
              throw new DeviceException(NO_LIBRARY);
            });
    Chosen chosen = missing.choose(DEVICE, Products.AUTO, null);
    assertThat(chosen.traits()).isEqualTo(DeviceTraits.of(DEVICE));
    assertThat(chosen.note()).isEqualTo("products by kernels, without NVIDIA's libraries: " + NO_LIBRARY);
    assertThatThrownBy(() -> missing.choose(DEVICE, Products.LIBRARIES, null)).hasMessage(NO_LIBRARY);
    assertThatThrownBy(() -> missing.choose(DEVICE, Products.AUTO, Precision.BF16))
        .hasMessage("bf16 is a precision of NVIDIA's libraries, but " + NO_LIBRARY);
  }

  @Test
  void whereThereAreNoLibraryTasksNothingIsSaidUnasked() {
    assertThat(here.choose(DEVICE, Products.AUTO, null)).isEqualTo(new Chosen(DeviceTraits.of(DEVICE), null));
    assertThatThrownBy(() -> here.choose(DEVICE, Products.LIBRARIES, null))
        .hasMessage(
            "the backend JAVA has no library tasks; choose a device of TornadoVM's CUDA backend, or leave it to kernels with"
                + " --linalg kernels");
    assertThatThrownBy(() -> here.choose(DEVICE, Products.AUTO, Precision.TF32))
        .hasMessageStartingWith("tf32 is a precision of NVIDIA's libraries, but the backend JAVA has no library tasks; choose");
  }

  @Test
  void aDeviceThatLendsItsStreamHasLibraryTasks() {
    assertThat(ProductChoice.whyNoTasks(device(TornadoDevice.class, TornadoNativeStreamSupport.class))).isEmpty();
    assertThat(ProductChoice.whyNoTasks(device(TornadoDevice.class)))
        .hasValueSatisfying(line -> assertThat(line).startsWith("the backend "));
  }

  private static TornadoDevice device(Class<?>... interfaces) {
    return (TornadoDevice)
        Proxy.newProxyInstance(
            ProductChoiceTest.class.getClassLoader(), interfaces, (proxy, method, arguments) -> TornadoVMBackendType.JAVA);
  }
}
