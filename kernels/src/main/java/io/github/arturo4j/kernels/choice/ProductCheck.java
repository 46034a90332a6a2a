// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.choice;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.reference.ConvolutionReference;
import io.github.arturo4j.kernels.reference.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Compares every product of a linear algebra with the reference: forward with and without bias and ReLU, both ways backward, many at once;
 * at odd sizes, with weights that begin where vectors may and where they may not. All of it is one execution of one graph.
 */
public final class ProductCheck {
  private static final int ALIGNED = 4;
  private static final int UNALIGNED = 3;

  private ProductCheck() {}

  /**
   * What is wrong, a line each; nothing if all is right.
   *
   * @param tolerance what a value may be off, as a part of 1 + |value|
   */
  public static List<String> faults(LinearAlgebra algebra, TornadoDevice device, double tolerance) {
    List<CheckedProduct> products = products();
    Object[] arrays = products.stream().flatMap(CheckedProduct::arrays).toArray();
    Consumer<KernelGraph> tasks = graph -> products.forEach(product -> product.addTo(graph, algebra));
    Execution.on(device).run(tasks, arrays);
    List<String> faults = new ArrayList<>();
    products.forEach(product -> faults.addAll(product.faults(tolerance)));
    return faults;
  }

  private static List<CheckedProduct> products() {
    return Stream.of(
            Stream.of(
                new CheckedLayer(ConvolutionReference.linear(1, 1, 1), UNALIGNED, true, true),
                new CheckedLayer(ConvolutionReference.linear(13, 37, 11), ALIGNED, false, true),
                new CheckedLayer(ConvolutionReference.linear(135, 300, 11), UNALIGNED, true, true),
                new CheckedLayer(new ConvolutionShape(3, 2, 9, 7, 5, 3, 1, 0), UNALIGNED, true, false),
                new CheckedLayer(new ConvolutionShape(2, 3, 8, 9, 17, 3, 2, 1), ALIGNED, true, false),
                new CheckedLayer(new ConvolutionShape(3, 2, 9, 11, 5, 7, 2, 3), UNALIGNED, false, false),
                new CheckedLayer(new ConvolutionShape(5, 6, 3, 4, 7, 1, 2, 0), ALIGNED, false, false)),
            Stream.of(false, true).flatMap(a -> Stream.of(false, true).map(b -> new CheckedBatch(a, b))))
        .flatMap(all -> all)
        .map(CheckedProduct.class::cast)
        .toList();
  }
}
