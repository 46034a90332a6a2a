// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.blas.DnnConvolution;
import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.CutRule;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.ProductCuts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tiled kernels with sums in one part and in several, those of Winograd, and on the JVM the BLAS with and without oneDNN. */
class LinearAlgebraTest extends LinearAlgebraCases {
  /** For which sums are cut into as many parts as they may be. */
  private static final int MANY_PROCESSORS = 1000;

  @Override
  Stream<LinearAlgebra> algebras() {
    List<LinearAlgebra> tiled =
        List.of(
            new TiledLinearAlgebra(1), new TiledLinearAlgebra(MANY_PROCESSORS), winograd(new Cut(8, 8, 4, 1)),
            winograd(new Cut(1, 2, 1, 3)));
    if (!DeviceTraits.of(Devices.find(null).device()).plainJvm()) {
      return tiled.stream();
    }
    Stream<LinearAlgebra> onJvm = Stream.concat(tiled.stream(), Stream.of(new BlasLinearAlgebra(false)));
    return DnnConvolution.available() ? Stream.concat(onJvm, Stream.of(new BlasLinearAlgebra(true))) : onJvm;
  }

  /** With Winograd's products for all convolutions that can be computed so. */
  private static LinearAlgebra winograd(Cut cut) {
    Map<String, Cut> cuts = new HashMap<>();
    for (ConvolutionShape s : CONVOLUTIONS) {
      Stream.of(
              ConvolutionProduct.forward(s), ConvolutionProduct.input(s), ConvolutionProduct.parameters(s, false),
              ConvolutionProduct.parameters(s, true))
          .forEach(product -> cuts.put(product.key(), cut.ofWinograd()));
    }
    return new TiledLinearAlgebra(CutRule.ofGpu(1), ProductCuts.of(cuts));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void oneDnnLoads() {
    assertThat(DnnConvolution.available()).isTrue();
  }

  @Test
  void haveNames() {
    assertThat(algebras().skip(3).map(LinearAlgebra::name)).doesNotHaveDuplicates().first().isEqualTo("tiled kernels");
  }
}
