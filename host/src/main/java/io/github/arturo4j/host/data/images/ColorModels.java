// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

/**
 * Red, green and blue of other models of colour, in place of the first three samples of the pixel at an index, in the whole
 * numbers of libjpeg (jdcolor.c) and of Pillow.
 */
final class ColorModels {
  private static final int HALF = 1 << 15;

  private ColorModels() {}

  /** Luma, blue and red chroma to red, green and blue. */
  static void fromYcc(int[] row, int at) {
    int y = row[at];
    int blue = row[at + 1] - 128;
    int red = row[at + 2] - 128;
    row[at] = clip(y + (fixed(1.402) * red + HALF >> 16));
    row[at + 1] = clip(y + (-fixed(0.34414) * blue - fixed(0.71414) * red + HALF >> 16));
    row[at + 2] = clip(y + (fixed(1.772) * blue + HALF >> 16));
  }

  /** Four inks, of which 255 is full, to red, green and blue. */
  static void fromCmyk(int[] row, int at) {
    int light = 255 - row[at + 3];
    for (int c = at; c < at + 3; c++) {
      int product = row[c] * light + 128;
      row[c] = clip(light - ((product >> 8) + product >> 8));
    }
  }

  /** Four inks, of which 0 is full: in a JPEG file, where Pillow, too, takes them for what Adobe writes. */
  static void fromInvertedCmyk(int[] row, int at) {
    for (int i = at; i < at + 4; i++) {
      row[i] = 255 - row[i];
    }
    fromCmyk(row, at);
  }

  /** Luma, blue and red chroma of three inks inverted, as is the fourth, black. */
  static void fromInvertedYcck(int[] row, int at) {
    fromYcc(row, at); // what is left of white, which libjpeg inverts to ink, and Adobe once more
    row[at + 3] = 255 - row[at + 3];
    fromCmyk(row, at);
  }

  private static int fixed(double factor) {
    return (int) (factor * 65536 + 0.5);
  }

  private static int clip(int value) {
    return Math.clamp(value, 0, 255);
  }
}
