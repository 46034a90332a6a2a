// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** The check itself, of what is known to be right on every device. */
class ProductCheckTest {
  @ParameterizedTest
  @EnumSource
  void whatIsRightHasNoFaults(KernelShape shape) {
    TornadoDevice device = Devices.find(null).device();
    LinearAlgebra right = LinearAlgebra.of(DeviceTraits.of(device).in(shape));
    assertThat(ProductCheck.faults(right, device, 1e-4)).isEmpty();
  }
}
