// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.Precision;
import io.github.arturo4j.kernels.libraries.StandInProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/** What NVIDIA's libraries are given, computed by stand-ins that take their arguments at their word. */
class LibraryLinearAlgebraTest extends LinearAlgebraCases {
  @BeforeAll
  static void onTheJvm() {
    Assumptions.assumeTrue(DeviceTraits.of(Devices.find(null).device()).plainJvm(), "the stand-ins run on the JVM device");
  }

  @Override
  Stream<LinearAlgebra> algebras() {
    return Stream.of(new LibraryLinearAlgebra(StandInProvider.NAME, Precision.FP32));
  }
}
