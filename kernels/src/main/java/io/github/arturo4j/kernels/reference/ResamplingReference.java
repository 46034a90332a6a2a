// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

/**
 * Images of another size whose pixels are weighted sums of the old ones: means of windows, and nearest neighbours. What
 * {@link io.github.arturo4j.kernels.nn.AveragePoolingKernels} and {@link io.github.arturo4j.kernels.nn.UpsampleKernels} are
 * compared with.
 *
 * @param planes channels of all images
 * @param rows weights of the old rows in each new one, [outHeight][height]
 * @param columns weights of the old columns in each new one, [outWidth][width]
 */
public record ResamplingReference(int planes, double[][] rows, double[][] columns) {
  /** The means of windows over {@code size} pixels: each has {@code kernel} of them, those of the padding being 0. */
  public static double[][] windows(int size, int kernel, int stride, int padding) {
    double[][] weights = new double[(size + 2 * padding - kernel) / stride + 1][size];
    for (int o = 0; o < weights.length; o++) {
      for (int i = 0; i < size; i++) {
        int place = i + padding - o * stride;
        weights[o][i] = place >= 0 && place < kernel ? 1.0 / kernel : 0;
      }
    }
    return weights;
  }

  /** The means of {@code out} windows that share {@code size} pixels out: of all pixels that a share touches. */
  public static double[][] shares(int size, int out) {
    double[][] weights = new double[out][size];
    for (int o = 0; o < out; o++) {
      int first = (int) Math.floor((double) o * size / out);
      int end = (int) Math.ceil((double) (o + 1) * size / out);
      for (int i = first; i < end; i++) {
        weights[o][i] = 1.0 / (end - first);
      }
    }
    return weights;
  }

  /** Each of {@code size} pixels, {@code scale} times. */
  public static double[][] repeated(int size, int scale) {
    double[][] weights = new double[size * scale][size];
    for (int o = 0; o < weights.length; o++) {
      weights[o][o / scale] = 1;
    }
    return weights;
  }

  /** The new images. */
  public double[] forward(double[] x) {
    int height = rows[0].length;
    int width = columns[0].length;
    double[] y = new double[planes * rows.length * columns.length];
    for (int i = 0; i < y.length; i++) {
      int plane = i / (rows.length * columns.length);
      for (int h = 0; h < height; h++) {
        for (int w = 0; w < width; w++) {
          y[i] += weight(i, h, w) * x[(plane * height + h) * width + w];
        }
      }
    }
    return y;
  }

  /** The gradient with respect to the old ones. */
  public double[] backward(double[] dy) {
    int height = rows[0].length;
    int width = columns[0].length;
    double[] dx = new double[planes * height * width];
    for (int i = 0; i < dy.length; i++) {
      int plane = i / (rows.length * columns.length);
      for (int h = 0; h < height; h++) {
        for (int w = 0; w < width; w++) {
          dx[(plane * height + h) * width + w] += weight(i, h, w) * dy[i];
        }
      }
    }
    return dx;
  }

  private double weight(int out, int h, int w) {
    return rows[out / columns.length % rows.length][h] * columns[out % columns.length][w];
  }
}
