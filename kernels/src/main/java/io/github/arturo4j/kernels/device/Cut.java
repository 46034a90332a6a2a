// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import java.util.Arrays;

/**
 * How a tiled product is cut into threads and parts.
 *
 * @param down rows of the result that a thread computes: 1, 2, 4 or 8
 * @param across columns that it computes: 1, 2, 4 or 8
 * @param adjacent of these, how many are neighbours: 1, 2 or 4
 * @param parts parts that each sum is cut into, at least 1; of many products at once, always 1
 * @param winograd whether it is a convolution that is to be computed as Winograd's sixteen smaller products, where it can be: the numbers
 *     are theirs
 */
public record Cut(int down, int across, int adjacent, int parts, boolean winograd) {
  private static final int MOST = 8;
  private static final int NUMBERS = 4;
  private static final String WINOGRAD = "winograd ";
  private static final String EXAMPLE = "one is such as 8x4x4x2";

  /** Checks the numbers. */
  public Cut {
    if (!isSide(down) || !isSide(across) || !isSide(adjacent) || adjacent == MOST || parts < 1) {
      throw new IllegalArgumentException(
          "a product has tiles of 1, 2, 4 or 8 rows and columns, of which 1, 2 or 4 are neighbours, and at least 1 part, not "
              + text(down, across, adjacent, parts));
    }
  }

  /** One of the product as it is. */
  public Cut(int down, int across, int adjacent, int parts) {
    this(down, across, adjacent, parts, false);
  }

  /** The same numbers for Winograd's products. */
  public Cut ofWinograd() {
    return new Cut(down, across, adjacent, parts, true);
  }

  /** The same in other parts. */
  public Cut inParts(int others) {
    return new Cut(down, across, adjacent, others, winograd);
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
    boolean winograd = text.startsWith(WINOGRAD);
    String[] numbers = text.substring(winograd ? WINOGRAD.length() : 0).split("x", -1);
    if (numbers.length != NUMBERS) {
      throw new IllegalArgumentException("'" + text + "' is no cut of a product; " + EXAMPLE);
    }
    try {
      int[] values = Arrays.stream(numbers).mapToInt(Integer::parseInt).toArray();
      return new Cut(values[0], values[1], values[2], values[3], winograd);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no cut of a product; " + EXAMPLE, e);
    }
  }

  /** Such as 8x4x4x2: tiles of 8 rows and 4 columns, 4 of which are neighbours, sums in 2 parts; or winograd 8x4x4x2. */
  @Override
  public String toString() {
    return (winograd ? WINOGRAD : "") + text(down, across, adjacent, parts);
  }

  private static String text(int down, int across, int adjacent, int parts) {
    return down + "x" + across + "x" + adjacent + "x" + parts;
  }
}
