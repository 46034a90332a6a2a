// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

/**
 * The results that a thread of a tiled product computes, in registers, see {@link TileLayout#place}. Of a larger tile, each value from
 * local memory serves more products; of a smaller one, less lies outside a small result, and there are more work-groups.
 *
 * @param down rows, a power of two up to 8
 * @param across columns, a power of two up to 8
 * @param adjacent of these, how many are neighbours: 1, 2 or 4, or all if there are fewer
 */
record Tile(int down, int across, int adjacent) {
  /** Floats of a load of 128 bits. */
  static final int ADJACENT = 4;

  /**
   * The largest that has less than half of its rows, and of its columns, outside a result of this size.
   *
   * @param most rows, and columns, of a thread
   */
  static Tile of(int rows, int columns, int most) {
    return new Tile(each(rows, most), each(columns, most), ADJACENT);
  }

  private static int each(int results, int most) {
    int each = most;
    while (each > 1 && results <= TileLayout.GROUP * each / 2) {
      each /= 2;
    }
    return each;
  }

  /** Binary logarithm of {@code down}, for kernels. */
  int downBits() {
    return Integer.numberOfTrailingZeros(down);
  }

  /** Binary logarithm of {@code across}, for kernels. */
  int acrossBits() {
    return Integer.numberOfTrailingZeros(across);
  }

  /** Binary logarithm of {@code adjacent}, for kernels. */
  int runBits() {
    return Integer.numberOfTrailingZeros(adjacent);
  }

  /** Rows of a work-group. */
  int rows() {
    return TileLayout.GROUP * down;
  }

  /** Columns of a work-group. */
  int columns() {
    return TileLayout.GROUP * across;
  }
}
