// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.LoopGrid;
import io.github.arturo4j.kernels.random.CounterRandom;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Inverted dropout with counter-based random numbers: whether an element is kept is a function of its index
 * and the step's key, so nothing is stored, and every device draws the same. The way back is in {@link ReluKernels}
 * and {@link HalvingPoolKernels}.
 */
public final class DropoutKernels {
  private static final float UNIT = 1 << 24;

  private DropoutKernels() {}

  /** What {@link #forward} has to do with n elements, without the integers of the random numbers. */
  public static Cost forwardCost(int n) {
    return Cost.elements(n, 2, 1, 1);
  }

  /** The {@code threshold} for {@link #forward}: elements are kept where 24 random bits are below it. */
  public static int threshold(double dropProbability) {
    if (!(dropProbability >= 0 && dropProbability < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1): " + dropProbability);
    }
    return (int) Math.round((1 - dropProbability) * UNIT);
  }

  /** What kept elements are multiplied by, so that the expectation stays: 1 / (1 − p). */
  public static float scale(double dropProbability) {
    return (float) (1 / (1 - dropProbability));
  }

  /**
   * Sets elements to zero at random and scales the others, in place.
   *
   * @param control a {@link BatchControl}
   * @param key index in {@code control} of this layer's two key words
   * @param threshold see {@link #threshold}
   * @param scale factor of the elements that stay
   */
  public static void forward(FloatArray x, IntArray control, int key, int threshold, float scale) {
    int firstKey = control.get(key);
    int secondKey = control.get(key + 1);
    int first = control.get(key + BatchControl.FIRST_ELEMENT);
    for (@Parallel int i = 0; i < x.getSize(); i++) {
      x.set(i, x.get(i) * (keep((i & LoopGrid.ANY) + first, firstKey, secondKey, threshold) * scale));
    }
  }

  /** What {@link #forward} does, of x into y. */
  public static void masked(FloatArray x, FloatArray y, IntArray control, int key, int threshold, float scale) {
    int firstKey = control.get(key);
    int secondKey = control.get(key + 1);
    int first = control.get(key + BatchControl.FIRST_ELEMENT);
    for (@Parallel int i = 0; i < y.getSize(); i++) {
      y.set(i, x.get(i) * (keep((i & LoopGrid.ANY) + first, firstKey, secondKey, threshold) * scale));
    }
  }

  /** 1 if an element is kept, else 0, without a branch. */
  static int keep(int element, int key, int secondKey, int threshold) {
    return ((((CounterRandom.hash(element, key, secondKey) >> 8) & 0xffffff) - threshold) >> 31) & 1;
  }
}
