// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

/**
 * Bilinear interpolation with antialiasing, bit for bit as Pillow's {@code resize} with {@code BILINEAR} (Resample.c),
 * which is what torchvision's {@code Resize} does to an image: a triangle that is as wide as an output pixel, first along the
 * rows, then along the columns, with weights in 1/2²² and bytes in between.
 */
final class BilinearResize {
  private static final int BITS = 32 - 8 - 2;

  private BilinearResize() {}

  /** The image in that size. */
  static Pixels resize(Pixels image, int height, int width) {
    Pixels rows = width == image.width() ? image : resizeRows(image, width);
    return height == image.height() ? rows : resizeColumns(rows, height);
  }

  private static Pixels resizeRows(Pixels image, int width) {
    Weights weights = new Weights(image.width(), width);
    int channels = image.channels();
    byte[] from = image.values();
    byte[] to = new byte[Math.multiplyExact(Math.multiplyExact(image.height(), width), channels)];
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.width() * channels;
      for (int x = 0; x < width; x++) {
        int first = row + weights.first[x] * channels;
        for (int c = 0; c < channels; c++) {
          to[(y * width + x) * channels + c] = weights.sum(x, from, first + c, channels);
        }
      }
    }
    return new Pixels(to, image.height(), width, channels);
  }

  private static Pixels resizeColumns(Pixels image, int height) {
    Weights weights = new Weights(image.height(), height);
    int row = image.width() * image.channels();
    byte[] from = image.values();
    byte[] to = new byte[Math.multiplyExact(height, row)];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < row; i++) {
        to[y * row + i] = weights.sum(y, from, weights.first[y] * row + i, row);
      }
    }
    return new Pixels(to, height, image.width(), image.channels());
  }

  /** For each output pixel of a line, the input pixels that it is made of, and how much of each. */
  private static final class Weights {
    final int[] first;
    final int[][] of;

    Weights(int in, int out) {
      first = new int[out];
      of = new int[out][];
      double scale = (double) in / out;
      double support = Math.max(scale, 1);
      double inverse = 1 / support;
      for (int i = 0; i < out; i++) {
        double center = (i + 0.5) * scale;
        first[i] = Math.max((int) (center - support + 0.5), 0);
        int end = Math.min((int) (center + support + 0.5), in);
        of[i] = weights(first[i], end, center, inverse);
      }
    }

    private static int[] weights(int first, int end, double center, double inverse) {
      double[] exact = new double[end - first];
      double sum = 0;
      for (int x = 0; x < exact.length; x++) {
        exact[x] = Math.max(1 - Math.abs((x + first - center + 0.5) * inverse), 0);
        sum += exact[x];
      }
      int[] rounded = new int[exact.length];
      for (int x = 0; x < exact.length; x++) {
        rounded[x] = (int) (0.5 + exact[x] / sum * (1 << BITS));
      }
      return rounded;
    }

    byte sum(int out, byte[] values, int start, int step) {
      int sum = 1 << BITS - 1;
      int[] weights = of[out];
      for (int k = 0, i = start; k < weights.length; k++, i += step) {
        sum += weights[k] * (values[i] & 0xff);
      }
      return (byte) Math.min(sum >> BITS, 255);
    }
  }
}
