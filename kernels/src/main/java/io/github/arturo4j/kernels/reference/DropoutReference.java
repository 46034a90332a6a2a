// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.nn.BatchControl;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What {@link io.github.arturo4j.kernels.nn.DropoutKernels} is compared with: a comparison of real numbers.
 *
 * @param random random numbers of the layer in this step
 * @param probability share of elements that are dropped
 */
public record DropoutReference(RandomReference random, double probability) {
  /** The dropout of a layer, counted from 0, in the step that {@code control} was prepared for. */
  public static DropoutReference of(IntArray control, int layer, double probability) {
    return new DropoutReference(RandomReference.of(control, BatchControl.key(layer)), probability);
  }

  /** x[i] / (1 − probability) where element {@code first} + i is kept, else 0. */
  public double[] forward(double[] x, int first) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = random.uniform(first + i) < 1 - probability ? x[i] / (1 - probability) : 0;
    }
    return y;
  }
}
