// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Where a product goes: right into its array, or in parts into one of their own, which are summed afterwards. Bias and limit come once,
 * at the end.
 */
final class PartedResult {
  private static final float NO_LIMIT = Float.NEGATIVE_INFINITY;

  private final FloatArray result;
  private final FloatArray to;
  private final int size;
  private final int parts;

  /**
   * That of a product.
   *
   * @param size values of the result
   */
  PartedResult(TiledProduct product, FloatArray result, int size) {
    this.result = result;
    this.size = size;
    this.parts = product.parts();
    this.to = parts == 1 ? result : new FloatArray(Math.multiplyExact(parts, size));
  }

  /** What the product's kernel writes. */
  FloatArray to() {
    return to;
  }

  /** The offset of the biases that it adds. */
  int bias(int bias) {
    return parts == 1 ? bias : LinearAlgebra.NO_BIAS;
  }

  /** What its results are at least. */
  float min(boolean relu) {
    return parts == 1 && relu ? 0f : NO_LIMIT;
  }

  /** What its kernel writes beside one result. */
  Cost beside() {
    return Cost.elements((long) (parts - 1) * size, 0, 0, 1);
  }

  /** Adds the task that sums the parts, if there are several. */
  void sum(KernelGraph g, String name) {
    if (parts > 1) {
      PartKernels.addSum(g, name + "Sum", to, result, 0, size, 0, size, parts);
    }
  }

  /** The same with bias and limit, see {@link PartKernels#addBiasedSum}. */
  void sum(KernelGraph g, String name, FloatArray parameters, int bias, int each, int of, boolean relu) {
    if (parts == 1) {
      return;
    }
    PartKernels.addBiasedSum(g, name + "Sum", to, parameters, bias, result, size, each, of, relu ? 0f : NO_LIMIT, parts);
  }
}
