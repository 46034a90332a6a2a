// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

/** Red, green and blue of other models of colour, in place, in the whole numbers of libjpeg (jdcolor.c) and of Pillow. */
final class ColorModels {
  private static final int HALF = 1 << 15;

  private ColorModels() {}

  /** Luma, blue and red chroma to red, green and blue. */
  static void fromYcc(int[] pixel) {
    int y = pixel[0];
    int blue = pixel[1] - 128;
    int red = pixel[2] - 128;
    pixel[0] = clip(y + (fixed(1.402) * red + HALF >> 16));
    pixel[1] = clip(y + (-fixed(0.34414) * blue - fixed(0.71414) * red + HALF >> 16));
    pixel[2] = clip(y + (fixed(1.772) * blue + HALF >> 16));
  }

  /** Four inks, of which 255 is full, to red, green and blue. */
  static void fromCmyk(int[] pixel) {
    int light = 255 - pixel[3];
    for (int c = 0; c < 3; c++) {
      int product = pixel[c] * light + 128;
      pixel[c] = clip(light - ((product >> 8) + product >> 8));
    }
  }

  /** Four inks, of which 0 is full: in a JPEG file, where Pillow, too, takes them for what Adobe writes. */
  static void fromInvertedCmyk(int[] pixel) {
    for (int i = 0; i < 4; i++) {
      pixel[i] = 255 - pixel[i];
    }
    fromCmyk(pixel);
  }

  /** Luma, blue and red chroma of three inks inverted, as is the fourth, black. */
  static void fromInvertedYcck(int[] pixel) {
    fromYcc(pixel); // what is left of white, which libjpeg inverts to ink, and Adobe once more
    pixel[3] = 255 - pixel[3];
    fromCmyk(pixel);
  }

  private static int fixed(double factor) {
    return (int) (factor * 65536 + 0.5);
  }

  private static int clip(int value) {
    return Math.clamp(value, 0, 255);
  }
}
