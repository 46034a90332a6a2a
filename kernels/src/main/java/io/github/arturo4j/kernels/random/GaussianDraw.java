// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.random;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Draws values from Gaussians that stay on the device. */
public final class GaussianDraw {
  private GaussianDraw() {}

  /**
   * The draw that two key words stand for: mean + scale · deviation · ε of each value, ε of the normal distribution. A single
   * loop, whichever the {@link io.github.arturo4j.kernels.device.KernelShape}: a value that has no deviation is its mean, to
   * the bit.
   *
   * @param scale one number, by which all deviations are multiplied: 0 for the means
   * @param key two words, see {@link CounterRandom#setKey}
   * @param mean n values, as all that follow
   */
  public static void draw(FloatArray scale, IntArray key, FloatArray mean, FloatArray deviation, FloatArray values) {
    float factor = scale.get(0);
    int firstKey = key.get(0);
    int secondKey = key.get(1);
    for (@Parallel int i = 0; i < values.getSize(); i++) {
      values.set(i, mean.get(i) + factor * deviation.get(i) * CounterRandom.normal(i, firstKey, secondKey));
    }
  }
}
