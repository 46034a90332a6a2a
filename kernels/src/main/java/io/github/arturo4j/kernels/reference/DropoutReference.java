// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.nn.StepControl;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The random numbers of {@link io.github.arturo4j.kernels.nn.Dropout} written with Java's unsigned shifts, and a
 * comparison of real numbers.
 *
 * @param key first key word of the layer in this step
 * @param secondKey second key word
 * @param probability share of elements that are dropped
 */
public record DropoutReference(int key, int secondKey, double probability) {
  /** The dropout of a layer, counted from 0, in the step that {@code control} was prepared for. */
  public static DropoutReference of(IntArray control, int layer, double probability) {
    int at = StepControl.key(layer);
    return new DropoutReference(control.get(at), control.get(at + 1), probability);
  }

  /** x[i] / (1 − probability) where element {@code first} + i is kept, else 0. */
  public double[] forward(double[] x, int first) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = uniform(first + i) < 1 - probability ? x[i] / (1 - probability) : 0;
    }
    return y;
  }

  /** A number in [0, 1) of 24 bits. */
  private double uniform(int element) {
    int h = element ^ key;
    h = (h ^ (h >>> 16)) * 0x7feb352d + secondKey;
    h = (h ^ (h >>> 15)) * 0x846ca68b;
    return ((h ^ (h >>> 16)) >>> 8) / (double) (1 << 24);
  }
}
