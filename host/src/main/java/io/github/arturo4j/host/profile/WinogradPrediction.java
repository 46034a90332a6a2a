// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionProduct;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.CutCandidates;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.Product;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Which convolutions a GPU is predicted to compute faster by Winograd's products, transforms included: it would measure that. */
public final class WinogradPrediction {
  private static final FloatArray ANY = new FloatArray(1);

  private final GpuModel model;
  private final TornadoDevice device;
  private final DeviceTraits traits;

  /**
   * That for a GPU.
   *
   * @param device on which nothing runs
   */
  public WinogradPrediction(Gpu gpu, TornadoDevice device) {
    model = new GpuModel(gpu);
    this.device = device;
    traits = DeviceTraits.of(device).in(KernelShape.GROUPS).processors(gpu.processors());
  }

  /** The cuts of those among these products. */
  public ProductCuts of(List<Product> products) {
    Map<String, Cut> cuts = new HashMap<>();
    for (Product product : products) {
      List<Cut> candidates = CutCandidates.winograd(product, traits.cutRule());
      if (!candidates.isEmpty() && product instanceof ConvolutionProduct convolution) {
        ProductCuts winograd = ProductCuts.of(Map.of(product.key(), candidates.getFirst()));
        if (micros(convolution, winograd) < micros(convolution, ProductCuts.NONE)) {
          cuts.putAll(winograd.cuts());
        }
      }
    }
    return ProductCuts.of(cuts);
  }

  private double micros(ConvolutionProduct p, ProductCuts cuts) {
    KernelGraph graph = new KernelGraph("convolution", device, traits.cut(cuts));
    LinearAlgebra algebra = LinearAlgebra.forGraph(graph);
    ConvolutionShape s = p.shape();
    switch (p.pass()) {
      case forward -> algebra.convolutionForward(graph, "product", ANY, ANY, 0, LinearAlgebra.NO_BIAS, ANY, s, false);
      case input -> algebra.convolutionBackwardInput(graph, "product", ANY, ANY, 0, ANY, s);
      case parameters ->
          algebra.convolutionBackwardParameters(graph, "product", ANY, ANY, ANY, 0, p.biased() ? 0 : LinearAlgebra.NO_BIAS, s);
    }
    return graph.tasks().stream().mapToDouble(model::micros).sum();
  }
}
