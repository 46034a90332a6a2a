// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.tuning;

import java.util.Arrays;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The right result of a product of small whole numbers: plain sums at some places, and all bits of what was right there. */
final class ExactResult {
  private static final int SEED = 15;
  private static final int MAX_SAMPLES = 64;
  private static final int MIN_SAMPLES = 4;

  /** Products that are summed for the samples. */
  private static final int EFFORT = 20_000_000;

  private final int[] places;
  private final float[] values;
  private float[] right;

  /**
   * That of a product.
   *
   * @param terms products that a value sums
   */
  ExactResult(Operands operands, ProductArrays arrays, int terms) {
    SplittableRandom random = new SplittableRandom(SEED);
    int size = operands.result();
    places = new int[Math.clamp(EFFORT / terms, MIN_SAMPLES, MAX_SAMPLES)];
    Arrays.setAll(places, i -> i == 0 ? 0 : i == 1 ? size - 1 : random.nextInt(size));
    float[] left = arrays.left.toHeapArray();
    float[] other = arrays.right.toHeapArray();
    values = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      values[i] = operands.value(left, other, places[i]);
    }
  }

  /** Whether it is this one. */
  boolean is(FloatArray result) {
    for (int i = 0; i < places.length; i++) {
      if (result.get(places[i]) != values[i]) { // also where it is NaN
        return false;
      }
    }
    float[] found = result.toHeapArray();
    if (right == null) {
      right = found;
    }
    for (int i = 0; i < found.length; i++) {
      if (found[i] != right[i]) {
        return false;
      }
    }
    return true;
  }
}
