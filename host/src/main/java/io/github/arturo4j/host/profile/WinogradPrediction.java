// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionProduct;
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
   * @param traits what the GPU's kernels are chosen for
   */
  public WinogradPrediction(Gpu gpu, TornadoDevice device, DeviceTraits traits) {
    model = new GpuModel(gpu);
    this.device = device;
    this.traits = traits;
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
    p.addTo(graph, "product", LinearAlgebra.forGraph(graph), ANY, ANY, ANY);
    return graph.tasks().stream().mapToDouble(model::micros).sum();
  }
}
