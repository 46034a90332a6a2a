// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.tuning;

import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.SplittableRandom;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Factors of small whole numbers, whose products any order of additions sums without rounding, and the place of the result. So a right
 * kernel gives the same bits as any other right one.
 */
final class ProductArrays {
  private static final int SEED = 14;
  private static final int LARGEST = 2;

  /** What no sum of whole numbers is. */
  private static final float NO_SUM = 0.5f;

  private static final String ERASURE = "erasure";

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
  }

  /**
   * Adds the task that erases the result: the device's memory may hold that of another candidate, and what no task reads is not sent to
   * it.
   */
  void addErasure(KernelGraph graph) {
    int n = result.getSize();
    String task = graph.task(ERASURE);
    graph.add(g -> g.task(task, ProductArrays::erase, result, n));
  }

  static void erase(FloatArray result, int n) {
    for (@Parallel int i = 0; i < n; i++) {
      result.set(i, NO_SUM);
    }
  }

  private static FloatArray whole(SplittableRandom random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(-LARGEST, LARGEST + 1);
    }
    return FloatArray.fromArray(values);
  }
}
