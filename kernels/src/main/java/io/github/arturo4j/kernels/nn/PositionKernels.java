// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A row of a table added at each position, the same for every example, and the table's gradient. */
public final class PositionKernels {
  private PositionKernels() {}

  /**
   * y[b,j] = x[b,j] + table[weight + j].
   *
   * @param x [batch, size], as y
   * @param size positions · dimensions
   */
  public static void forward(FloatArray x, FloatArray table, FloatArray y, int weight, int batch, int size) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int j = 0; j < (size & LoopGrid.ANY); j++) {
        y.set(b * size + j, x.get(b * size + j) + table.get(weight + j));
      }
    }
  }

  /**
   * The table's gradient, the sum of dy over the examples; 0 in rows from {@code positions} on.
   *
   * @param dy [batch, positions, dimensions]
   * @param gradients which hold the table's, [entries, dimensions], from {@code weight} on
   */
  public static void backward(
      FloatArray dy, FloatArray gradients, int weight, int entries, int batch, int positions, int dimensions) {
    for (@Parallel int t = 0; t < (entries & LoopGrid.ANY); t++) {
      for (@Parallel int d = 0; d < (dimensions & LoopGrid.ANY); d++) {
        float sum = 0f;
        if (t < positions) {
          for (int b = 0; b < batch; b++) {
            sum += dy.get((b * positions + t) * dimensions + d);
          }
        }
        gradients.set(weight + t * dimensions + d, sum);
      }
    }
  }
}
