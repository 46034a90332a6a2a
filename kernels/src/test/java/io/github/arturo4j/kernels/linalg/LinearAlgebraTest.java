// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.blas.DnnConvolution;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tiled kernels with sums in one part and in several, and on the JVM the BLAS with and without oneDNN. */
class LinearAlgebraTest extends LinearAlgebraCases {
  /** For which sums are cut into as many parts as they may be. */
  private static final int MANY_PROCESSORS = 1000;

  @Override
  Stream<LinearAlgebra> algebras() {
    List<LinearAlgebra> tiled = List.of(new TiledLinearAlgebra(1), new TiledLinearAlgebra(MANY_PROCESSORS));
    if (!DeviceTraits.of(Devices.find(null).device()).plainJvm()) {
      return tiled.stream();
    }
    Stream<LinearAlgebra> onJvm = Stream.concat(tiled.stream(), Stream.of(new BlasLinearAlgebra(false)));
    return DnnConvolution.available() ? Stream.concat(onJvm, Stream.of(new BlasLinearAlgebra(true))) : onJvm;
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void oneDnnLoads() {
    assertThat(DnnConvolution.available()).isTrue();
  }

  @Test
  void haveNames() {
    assertThat(algebras().skip(1).map(LinearAlgebra::name)).doesNotHaveDuplicates().first().isEqualTo("tiled kernels");
  }
}
