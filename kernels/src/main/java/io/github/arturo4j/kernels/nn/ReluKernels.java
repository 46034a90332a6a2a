// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.Cost;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The rectifier. Behind a convolution or linear layer its forward pass is fused into the linear algebra. */
public final class ReluKernels {
  private ReluKernels() {}

  /** What {@link #forward} has to do with n elements. */
  public static Cost forwardCost(int n) {
    return Cost.elements(n, 1, 1, 1);
  }

  /** y = max(0, x); NaN stays NaN. */
  public static void forward(FloatArray x, FloatArray y) {
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      y.set(i, NanMath.atLeast(x.get(i), 0f));
    }
  }

  /** What {@link #backward} has to do with n elements. */
  public static Cost backwardCost(int n) {
    return Cost.elements(n, 3, 2, 1);
  }

  /**
   * Back through a dropout and the ReLU before it, in place: dy[i] is multiplied by {@code scale} where y[i]
   * is positive and by 0 elsewhere. No mask is needed: y is positive exactly where the ReLU was and dropout
   * kept it.
   *
   * @param dy gradient with respect to y, and afterwards with respect to the input of the ReLU
   * @param y what the dropout, or without one the ReLU, has put out
   * @param scale 1 / (share that dropout keeps); 1 without dropout
   */
  public static void backward(FloatArray dy, FloatArray y, float scale) {
    for (@Parallel int i = 0; i < dy.getSize(); i++) {
      dy.set(i, dy.get(i) * (scale * NanMath.step(y.get(i))));
    }
  }
}
