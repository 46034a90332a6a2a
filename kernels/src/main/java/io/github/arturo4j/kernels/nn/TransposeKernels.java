// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.GroupGrid;
import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The transposition of each example's matrix, y[b, c, r] = x[b, r, c], tile by tile. */
final class TransposeKernels {
  /** Rows and columns of a tile. */
  static final int TILE = 16;

  private TransposeKernels() {}

  /** Tiles that n rows or columns are cut into. */
  static int tiles(int n) {
    return (n + TILE - 1) / TILE;
  }

  /** In {@link KernelShape#CHUNKS}: a thread the columns of a tile, through all rows. */
  static void chunks(FloatArray x, FloatArray y, int batch, int rows, int columns) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int tile = 0; tile < (columns + TILE - 1) / TILE; tile++) {
        int start = b * rows * columns;
        int first = tile * TILE;
        int end = TornadoMath.min(first + TILE, columns);
        for (int r = 0; r < rows; r++) {
          for (int c = first; c < end; c++) {
            y.set(start + c * rows + r, x.get(start + r * columns + c));
          }
        }
      }
    }
  }

  /** The grid of {@link #groups}. */
  static WorkerGrid grid(int batch, int rows, int columns) {
    return GroupGrid.of(batch * tiles(rows) * tiles(columns), TILE * TILE);
  }

  /** In {@link KernelShape#GROUPS}: a work-group a tile; neighbouring threads read neighbours, and write neighbours. */
  static void groups(KernelContext context, FloatArray x, FloatArray y, int rows, int columns) {
    float[] local = context.allocateFloatLocalArray(TILE * (TILE + 1)); // a column of a tile is in banks of their own
    int group = context.groupIdx;
    int thread = context.localIdx;
    int across = (columns + TILE - 1) / TILE;
    int down = (rows + TILE - 1) / TILE;
    int b = group / (across * down);
    int tile = group - b * across * down;
    int firstRow = tile / across * TILE;
    int firstColumn = (tile - tile / across * across) * TILE;
    int start = b * rows * columns;
    int i = thread / TILE;
    int j = thread % TILE;
    if (firstRow + i < rows && firstColumn + j < columns) {
      local[i * (TILE + 1) + j] = x.get(start + (firstRow + i) * columns + firstColumn + j);
    }
    context.localBarrier();
    if (firstRow + j < rows && firstColumn + i < columns) {
      y.set(start + (firstColumn + i) * rows + firstRow + j, local[j * (TILE + 1) + i]);
    }
  }
}
