// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

/**
 * A decoded image.
 *
 * @param values unsigned, [height, width, channels]
 * @param height rows
 * @param width columns
 * @param channels 1 for grey, 3 for red, green and blue
 */
record Pixels(byte[] values, int height, int width, int channels) {
  /** Weights of red, green and blue in grey, and a half, in 1/65,536: ITU-R BT.601's luma, as Pillow rounds it. */
  private static final int RED = 19595;
  private static final int GREEN = 38470;
  private static final int BLUE = 7471;
  private static final int HALF = 1 << 15;

  /** The same image, of 1 or 3 channels; coloured pixels become grey as Pillow's {@code convert("L")} does it. */
  Pixels withChannels(int wanted) {
    return wanted == channels ? this : wanted == 1 ? grey() : coloured();
  }

  private Pixels grey() {
    byte[] grey = new byte[height * width];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) (RED * at(3 * i) + GREEN * at(3 * i + 1) + BLUE * at(3 * i + 2) + HALF >> 16);
    }
    return new Pixels(grey, height, width, 1);
  }

  private Pixels coloured() {
    byte[] rgb = new byte[3 * values.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = values[i / 3];
    }
    return new Pixels(rgb, height, width, 3);
  }

  private int at(int index) {
    return values[index] & 0xff;
  }

  /** Writes the pixels of a window, at a row and a column, channel by channel: [channels, rows, columns]. */
  void copyPlanes(int top, int left, int rows, int columns, byte[] into, int offset) {
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < rows; y++) {
        int from = ((top + y) * width + left) * channels + c;
        int to = offset + (c * rows + y) * columns;
        for (int x = 0; x < columns; x++) {
          into[to + x] = values[from + x * channels];
        }
      }
    }
  }
}
