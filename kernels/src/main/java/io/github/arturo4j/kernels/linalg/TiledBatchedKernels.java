// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A {@link BatchedProduct} in {@link TileLayout}: z counts the matrices, x runs along columns of the result, y along rows. */
final class TiledBatchedKernels {
  private static final int GROUP = TileLayout.GROUP;
  private static final int MOST = TileLayout.MOST;
  private static final int TERMS = TileLayout.TERMS;
  private static final int PITCH = TileLayout.PITCH;

  private TiledBatchedKernels() {}

  /**
   * All the products. Neighbours in x load neighbours in memory, be a factor transposed or not.
   *
   * @param layout see {@link BatchedProduct#layout}
   * @param transA 1 or 0, as {@code transB}
   */
  static void multiply(
      KernelContext context, FloatArray a, FloatArray b, FloatArray c, IntArray layout, int inner, int rows, int columns,
      int terms, int transA, int transB, int down, int across, int run) {
    float[] left = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] right = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] sums = new float[MOST * MOST];
    float[] nextLeft = new float[MOST];
    float[] nextRight = new float[MOST];
    int column = context.localIdx;
    int row = context.localIdy;
    int leftAt = TileLayout.first(row, down, run);
    int rightAt = TileLayout.first(column, across, run);
    int firstRow = context.groupIdy * GROUP << down;
    int firstColumn = context.groupIdx * GROUP << across;
    int outerOne = context.groupIdz / inner;
    int innerOne = context.groupIdz - outerOne * inner;
    int aAt = BatchedProduct.place(layout, 0, outerOne, innerOne);
    int bAt = BatchedProduct.place(layout, 1, outerOne, innerOne);
    int cAt = BatchedProduct.place(layout, 2, outerOne, innerOne);
    int aRow = layout.get(1);
    int bRow = layout.get(BatchedProduct.OPERAND + 1);
    int cRow = layout.get(2 * BatchedProduct.OPERAND + 1);
    for (int i = 0; i < 1 << down + across; i++) {
      sums[i] = 0f;
    }
    for (int k = -TERMS; k < terms; k += TERMS) {
      int next = k + TERMS;
      for (int i = 0; i < 1 << down; i++) {
        if (transA == 1) {
          nextLeft[i] = TileLayout.element(a, aAt, aRow, terms, rows, next + row, firstRow + column + i * GROUP);
        } else {
          nextLeft[i] = TileLayout.element(a, aAt, aRow, rows, terms, firstRow + row + i * GROUP, next + column);
        }
      }
      for (int i = 0; i < 1 << across; i++) {
        if (transB == 1) {
          nextRight[i] = TileLayout.element(b, bAt, bRow, columns, terms, firstColumn + row + i * GROUP, next + column);
        } else {
          nextRight[i] = TileLayout.element(b, bAt, bRow, terms, columns, next + row, firstColumn + column + i * GROUP);
        }
      }
      if (k >= 0) {
        for (int t = 0; t < TERMS; t++) {
          for (int i = 0; i < 1 << down + across; i++) {
            sums[i] += left[t * PITCH + leftAt + TileLayout.place(i >> across, down, run)]
                * right[t * PITCH + rightAt + TileLayout.place(i & (1 << across) - 1, across, run)];
          }
        }
      }
      context.localBarrier();
      for (int i = 0; i < 1 << down; i++) {
        if (transA == 1) {
          left[row * PITCH + column + i * GROUP] = nextLeft[i];
        } else {
          left[column * PITCH + row + i * GROUP] = nextLeft[i];
        }
      }
      for (int i = 0; i < 1 << across; i++) {
        if (transB == 1) {
          right[column * PITCH + row + i * GROUP] = nextRight[i];
        } else {
          right[row * PITCH + column + i * GROUP] = nextRight[i];
        }
      }
      context.localBarrier();
    }
    for (int i = 0; i < 1 << across; i++) {
      int to = firstColumn + rightAt + TileLayout.place(i, across, run);
      for (int j = 0; j < 1 << down; j++) {
        int r = firstRow + leftAt + TileLayout.place(j, down, run);
        if (r < rows && to < columns) {
          c.set(cAt + r * cRow + to, sums[(j << across) + i]);
        }
      }
    }
  }
}
