// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A row of a table for each token: PyTorch's {@code Embedding}, and its gradient, whose sums have a fixed order. */
public final class EmbeddingKernels {
  private EmbeddingKernels() {}

  /**
   * y[r,d] = table[tokens[r],d].
   *
   * @param tokens whole numbers from 0 to the table's rows − 1, one a row of y
   * @param parameters which hold the table
   * @param y [rows, dimensions]
   * @param weight where the table, [entries, dimensions], begins
   */
  public static void forward(
      FloatArray tokens, FloatArray parameters, FloatArray y, int weight, int rows, int dimensions) {
    for (@Parallel int r = 0; r < (rows & LoopGrid.ANY); r++) {
      for (@Parallel int d = 0; d < (dimensions & LoopGrid.ANY); d++) {
        y.set(r * dimensions + d, parameters.get(weight + (int) tokens.get(r) * dimensions + d));
      }
    }
  }

  /**
   * The table's gradient: for each entry and dimension the sum of dy over the rows with that token, from the first to the
   * last; 0, or what there was, where there is none. Each thread looks for its share of the entries among all rows.
   *
   * @param dy [rows, dimensions]
   * @param gradients which hold the table's
   * @param entries rows of the table
   * @param shares into which the entries are cut
   * @param add 1 to add to what the gradient is already, 0 to begin with 0
   */
  public static void backward(
      FloatArray dy, FloatArray tokens, FloatArray gradients, int weight, int entries, int rows, int dimensions, int shares,
      int add) {
    for (@Parallel int share = 0; share < (shares & LoopGrid.ANY); share++) {
      for (@Parallel int d = 0; d < (dimensions & LoopGrid.ANY); d++) {
        int size = (entries + shares - 1) / shares;
        int first = share * size;
        int end = TornadoMath.min(first + size, entries);
        if (add == 0) {
          for (int e = first; e < end; e++) {
            gradients.set(weight + e * dimensions + d, 0f);
          }
        }
        for (int r = 0; r < rows; r++) {
          int token = (int) tokens.get(r);
          if (token >= first) {
            if (token < end) {
              int at = weight + token * dimensions + d;
              gradients.set(at, gradients.get(at) + dy.get(r * dimensions + d));
            }
          }
        }
      }
    }
  }
}
