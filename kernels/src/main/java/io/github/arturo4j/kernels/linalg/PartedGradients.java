// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Where the gradients of a layer's weights and biases go: right to their places in the flat buffer, or in parts into an array of their own,
 * where the biases follow the weights, which are summed afterwards.
 */
final class PartedGradients {
  private final FloatArray gradients;
  private final FloatArray to;
  private final int weight;
  private final int weights;
  private final int bias;
  private final int biases;
  private final int parts;

  /**
   * Those of a product.
   *
   * @param weight the offset of {@code weights} gradients
   * @param bias the offset of {@code biases} gradients; negative for none
   */
  PartedGradients(TiledProduct product, FloatArray gradients, int weight, int weights, int bias, int biases) {
    this.gradients = gradients;
    this.weight = weight;
    this.weights = weights;
    this.bias = bias;
    this.biases = bias < 0 ? 0 : biases;
    this.parts = product.parts();
    this.to = parts == 1 ? gradients : new FloatArray(Math.multiplyExact(parts, distance()));
  }

  /** What the product's kernel writes. */
  FloatArray to() {
    return to;
  }

  /** Where it writes the weights'. */
  int weightsAt() {
    return parts == 1 ? weight : 0;
  }

  /** Where it writes the biases'; negative for nowhere. */
  int biasesAt() {
    return parts == 1 || bias < 0 ? bias : weights;
  }

  /** From one part to the next. */
  int distance() {
    return weights + biases;
  }

  /** What its kernel writes beside one result. */
  Cost beside() {
    return Cost.elements((long) (parts - 1) * distance(), 0, 0, 1);
  }

  /** Adds the tasks that sum the parts, if there are several. */
  void sum(KernelGraph g, String name) {
    if (parts == 1) {
      return;
    }
    PartKernels.addSum(g, name + "Sum", to, gradients, 0, distance(), weight, weights, parts);
    if (bias >= 0) {
      PartKernels.addSum(g, name + "BiasSum", to, gradients, weights, distance(), bias, biases, parts);
    }
  }
}
