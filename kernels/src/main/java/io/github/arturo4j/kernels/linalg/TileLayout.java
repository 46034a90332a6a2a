// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the tiled products have in common. A work-group of 16×16 threads computes a block of up to 128×128 results, each thread up to 8×8
 * of them in registers, in runs of up to four neighbours, so that a value from local memory serves eight products, and one from global
 * memory 128 (Volkov and Demmel, 2008). Both factors pass through local memory in tiles of 16 terms of the sums × up to 128 rows or
 * columns of the results. A thread holds its values of the next tile in registers while the group computes with this one: the products
 * hide the way from memory.
 *
 * <p>A row of a tile, which has the values of one term, is a multiple of four floats, as are the runs that a thread takes from it: loads
 * of 128 bits. Neighbours in x read neighbours in memory. Where a tile reaches over an edge it is filled with zeros.
 *
 * <p>Every kernel holds the loop over the products itself: TornadoVM 5.2 takes indices into local memory for bytes where a helper gets the
 * array as an argument. {@code down}, {@code across} and {@code run}, the binary logarithms of a {@link Tile}, are
 * literals of the kernel, and its loops over them none: logarithms, as a loop of larger indices is one that compilers do not unroll, and
 * then the sums are not in registers.
 */
final class TileLayout {
  /** Rows and columns of a work-group: 256 threads, which every GPU can run. */
  static final int GROUP = 16;

  /** Rows, and columns, of a thread's results at most. */
  static final int MOST = 8;

  /** Terms of the sums that are in local memory at a time; a thread of a group's side for each. */
  static final int TERMS = GROUP;

  /** Floats from one row of a tile, [term][row or column of the results], to the next. */
  static final int PITCH = GROUP * MOST + 4;

  /** Floats of a tile. */
  static final int TILE = TERMS * PITCH;

  private TileLayout() {}

  /** The row, or column, within a group's block, of a thread's first result. */
  static int first(int thread, int results, int run) {
    return thread << (run < results ? run : results);
  }

  /**
   * How far behind the first a result of a thread is: {@code run} neighbours, then as many behind those of all other threads, and so on.
   * Of runs of four, threads side by side load 16 bytes side by side; of eight they would meet in the same banks. Where loads of 16 bytes
   * are not to be had, as on AMD, only of single ones do they not.
   *
   * @param result of the thread, in one direction
   * @param results binary logarithm of a thread's results in that direction
   * @param run binary logarithm of the neighbours at most
   */
  static int place(int result, int results, int run) {
    int bits = run < results ? run : results;
    return result + ((result >> bits) * (GROUP - 1) << bits);
  }

  /**
   * matrix[row][column] of values at {@code offset}, whose rows are {@code distance} apart; 0 outside.
   *
   * @param rows before which the row is
   * @param columns before which the column is
   */
  static float element(FloatArray matrix, int offset, int distance, int rows, int columns, int row, int column) {
    float value = 0f;
    if (row < rows && column < columns) {
      value = matrix.get(offset + row * distance + column);
    }
    return value;
  }

  /** images[image][channel][h][w], 0 outside. */
  static float pixel(
      FloatArray images, int count, int channels, int height, int width, int image, int channel, int h, int w) {
    float value = 0f;
    if (image < count && channel < channels && h >= 0 && h < height && w >= 0 && w < width) {
      value = images.get(((image * channels + channel) * height + h) * width + w);
    }
    return value;
  }
}
