// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Adds tasks of {@link BatchedProduct}s to a graph. */
final class BatchedTask {
  /** One for the same products of all layers: TornadoVM limits the arrays of a plan. */
  private final Map<BatchedProduct, IntArray> layouts = new HashMap<>();

  /**
   * Adds one, whose arrays are asked for when the plan is made.
   *
   * @param product how they are cut
   */
  void addTo(
      KernelGraph g, String name, Supplier<FloatArray> a, Supplier<FloatArray> b, Supplier<FloatArray> c, BatchedProduct p,
      TiledProduct product) {
    IntArray layout = layouts.computeIfAbsent(p, BatchedProduct::layout);
    String task = g.task(name);
    KernelContext context = new KernelContext();
    Tile tile = product.tile();
    g.once(layout);
    g.add(
        graph ->
            graph.task(
                task, TiledBatchedKernels::multiply, context, a.get(), b.get(), c.get(), layout, p.inner(), p.rows(), p.columns(),
                p.terms(), p.transA() ? 1 : 0, p.transB() ? 1 : 0, tile.downBits(), tile.acrossBits(), tile.runBits()));
    g.cost(task, LayerCosts.batched(p));
    g.launch(task, ProductKernel.BATCHED.launch(product));
    g.grid(task, product.grid());
  }
}
