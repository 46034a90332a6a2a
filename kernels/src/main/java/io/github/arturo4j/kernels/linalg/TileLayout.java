// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What the tiled products have in common. A work-group of 16×16 threads computes a block of 64×64 results, each thread
 * 4×4 of them in registers, so that a value from local memory is used four times, and one from global memory 64 times
 * (Volkov and Demmel, 2008). Both factors pass through local memory in tiles of 16 terms of the sums × 64 rows or
 * columns of the results.
 *
 * <p>A thread's results are 16 rows and columns apart, and so are the values it loads: neighbours in x read and write
 * neighbours in memory. Rows of a tile are 65 floats apart, so that a tile can be filled along either side with at most
 * two of 32 neighbouring threads, which are two rows of the group, meeting in one of 32 banks of local memory; no
 * distance keeps all of them apart along both sides. Where a tile reaches over an edge it is filled with zeros.
 *
 * <p>Every kernel holds the loop over the products itself: TornadoVM 5.2 takes indices into local memory for bytes
 * where a helper gets the array as an argument.
 */
final class TileLayout {
  /** Rows and columns of a work-group: 256 threads, which every GPU can run. */
  static final int GROUP = 16;

  /** Columns of the results of a thread, and at most its rows, of which kernels are told the number {@code each}. */
  static final int EACH = 4;

  /** Columns of the results of a work-group, and at most its rows. */
  static final int BLOCK = GROUP * EACH;

  /** Terms of the sums that are in local memory at a time; a thread of a group for each. */
  static final int TERMS = GROUP;

  /** Floats from one row of a tile, [term][row or column of the results], to the next. */
  static final int PITCH = BLOCK + 1;

  /** Floats of a tile. */
  static final int TILE = TERMS * PITCH;

  private TileLayout() {}

  /** matrix[row][column] of rows × columns values at {@code offset}, 0 outside. */
  static float element(FloatArray matrix, int offset, int rows, int columns, int row, int column) {
    float value = 0f;
    if (row < rows && column < columns) {
      value = matrix.get(offset + row * columns + column);
    }
    return value;
  }

  /** The same of a matrix whose rows are {@code distance} values apart. */
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
