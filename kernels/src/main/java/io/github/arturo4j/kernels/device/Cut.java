// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

/**
 * How a tiled product is cut into threads and parts.
 *
 * @param down rows of the result that a thread computes: 1, 2, 4 or 8
 * @param across columns that it computes: 1, 2, 4 or 8
 * @param parts parts that each sum is cut into, at least 1; of many products at once, always 1
 */
public record Cut(int down, int across, int parts) {
  private static final int MOST = 8;

  /** Checks the numbers. */
  public Cut {
    if (!isSide(down) || !isSide(across) || parts < 1) {
      throw new IllegalArgumentException(
          "a product has tiles of 1, 2, 4 or 8 rows and columns and at least 1 part, not " + down + "x" + across + "x" + parts);
    }
  }

  private static boolean isSide(int results) {
    return results >= 1 && results <= MOST && Integer.bitCount(results) == 1;
  }

  /**
   * The cut that {@link #toString} tells.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Cut parse(String text) {
    String[] numbers = text.split("x", -1);
    if (numbers.length != 3) { // two sides and the parts
      throw new IllegalArgumentException("'" + text + "' is no cut of a product; one is such as 8x4x2");
    }
    try {
      return new Cut(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no cut of a product; one is such as 8x4x2", e);
    }
  }

  /** Such as 8x4x2: tiles of 8 rows and 4 columns, sums in 2 parts. */
  @Override
  public String toString() {
    return down + "x" + across + "x" + parts;
  }
}
