// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Biases and ReLU of a product that was computed without them. */
final class BiasKernels {
  private static final float NO_LIMIT = Float.NEGATIVE_INFINITY;

  private BiasKernels() {}

  /**
   * Adds the task, if there is anything to do.
   *
   * @param bias where the biases are in {@code parameters}; negative for none
   * @param each values in a row that have the same bias
   * @param of biases
   */
  static void addTo(
      KernelGraph g, String name, FloatArray parameters, int bias, FloatArray y, int size, int each, int of, boolean relu) {
    if (bias < 0 && !relu) {
      return;
    }
    float least = relu ? 0f : NO_LIMIT;
    String task = g.task(name + "Bias");
    g.cost(task, Cost.elements(size, relu ? 2 : 1, 1, 1));
    if (bias >= 0) {
      g.add(graph -> graph.task(task, BiasKernels::add, parameters, bias, y, size, each, of, least));
    } else {
      g.add(graph -> graph.task(task, BiasKernels::rectify, y, size));
    }
  }

  /** y[i] = max(least, y[i] + bias[i / each % of]). */
  static void add(FloatArray parameters, int bias, FloatArray y, int size, int each, int of, float least) {
    for (@Parallel int i = 0; i < size; i++) {
      int block = i / each;
      y.set(i, NanMath.atLeast(y.get(i) + parameters.get(bias + block - block / of * of), least));
    }
  }

  /** y[i] = max(0, y[i]). */
  static void rectify(FloatArray y, int size) {
    for (@Parallel int i = 0; i < size; i++) {
      y.set(i, NanMath.atLeast(y.get(i), 0f));
    }
  }
}
