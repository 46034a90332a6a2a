// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A {@link BatchedProduct} in {@link TileLayout}: z counts the matrices, x runs along columns of the result, y along rows. */
final class TiledBatchedKernels {
  private static final int GROUP = TileLayout.GROUP;
  private static final int EACH = TileLayout.EACH;
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
      int terms, int transA, int transB, int each) {
    float[] left = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] right = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] sums = new float[EACH * EACH];
    int column = context.localIdx;
    int row = context.localIdy;
    int firstRow = context.groupIdy * GROUP * each;
    int firstColumn = context.groupIdx * TileLayout.BLOCK;
    int outerOne = context.groupIdz / inner;
    int innerOne = context.groupIdz - outerOne * inner;
    int aAt = BatchedProduct.place(layout, 0, outerOne, innerOne);
    int bAt = BatchedProduct.place(layout, 1, outerOne, innerOne);
    int cAt = BatchedProduct.place(layout, 2, outerOne, innerOne);
    int aRow = layout.get(1);
    int bRow = layout.get(BatchedProduct.OPERAND + 1);
    int cRow = layout.get(2 * BatchedProduct.OPERAND + 1);
    for (int i = 0; i < each * EACH; i++) {
      sums[i] = 0f;
    }
    for (int k = 0; k < terms; k += TileLayout.TERMS) {
      for (int i = 0; i < each; i++) {
        if (transA == 1) {
          left[row * PITCH + column + i * GROUP] =
              TileLayout.element(a, aAt, aRow, terms, rows, k + row, firstRow + column + i * GROUP);
        } else {
          left[column * PITCH + row + i * GROUP] =
              TileLayout.element(a, aAt, aRow, rows, terms, firstRow + row + i * GROUP, k + column);
        }
      }
      for (int i = 0; i < EACH; i++) {
        if (transB == 1) {
          right[column * PITCH + row + i * GROUP] =
              TileLayout.element(b, bAt, bRow, columns, terms, firstColumn + row + i * GROUP, k + column);
        } else {
          right[row * PITCH + column + i * GROUP] =
              TileLayout.element(b, bAt, bRow, terms, columns, k + row, firstColumn + column + i * GROUP);
        }
      }
      context.localBarrier();
      for (int t = 0; t < TileLayout.TERMS; t++) {
        for (int i = 0; i < each * EACH; i++) {
          sums[i] += left[t * PITCH + row + i / EACH * GROUP] * right[t * PITCH + column + i % EACH * GROUP];
        }
      }
      context.localBarrier();
    }
    for (int i = 0; i < each * EACH; i++) {
      int r = firstRow + row + i / EACH * GROUP;
      int to = firstColumn + column + i % EACH * GROUP;
      if (r < rows && to < columns) {
        c.set(cAt + r * cRow + to, sums[i]);
      }
    }
  }
}
