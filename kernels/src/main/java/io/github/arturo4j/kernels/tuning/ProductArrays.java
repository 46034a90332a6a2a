// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.tuning;

import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Factors of small whole numbers, whose products any order of additions sums without rounding, and the place of the result. So a right
 * kernel gives the same bits as any other right one.
 */
final class ProductArrays {
  private static final int SEED = 14;
  private static final int LARGEST = 2;

  /** Task name of the product. */
  static final String TASK = "product";

  final FloatArray left;
  final FloatArray right;
  final FloatArray result;

  ProductArrays(Operands operands) {
    SplittableRandom random = new SplittableRandom(SEED);
    left = whole(random, operands.left());
    right = whole(random, operands.right());
    result = new FloatArray(operands.result());
    result.init(Float.NaN);
  }

  private static FloatArray whole(SplittableRandom random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(-LARGEST, LARGEST + 1);
    }
    return FloatArray.fromArray(values);
  }
}
