// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

/**
 * Max-pooling window by window: what {@link io.github.arturo4j.kernels.nn.HalvingPoolKernels} and
 * {@link io.github.arturo4j.kernels.nn.PoolingKernels} are compared with.
 *
 * @param planes channels of all images
 * @param height rows of a plane
 * @param width columns of a plane
 * @param kernel rows and columns of a window
 * @param stride step of the window
 * @param padding rows and columns of padding on each side
 */
public record MaxPoolReference(int planes, int height, int width, int kernel, int stride, int padding) {
  /** Windows of 2×2 with stride 2. */
  public MaxPoolReference(int planes, int height, int width) {
    this(planes, height, width, 2, 2, 0);
  }

  /** Rows of the output. */
  public int outHeight() {
    return (height + 2 * padding - kernel) / stride + 1;
  }

  /** Columns of the output. */
  public int outWidth() {
    return (width + 2 * padding - kernel) / stride + 1;
  }

  /** Values of the output, [planes, outHeight, outWidth]. */
  public int pooledSize() {
    return planes * outHeight() * outWidth();
  }

  /** The maximum of each window of x, [planes, height, width]. */
  public double[] forward(double[] x) {
    double[] y = new double[pooledSize()];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[greatest(x, i)];
    }
    return y;
  }

  /** The gradient: what comes back to a window goes to its first maximum. */
  public double[] backward(double[] x, double[] dy) {
    double[] dx = new double[x.length];
    for (int i = 0; i < dy.length; i++) {
      dx[greatest(x, i)] += dy[i];
    }
    return dx;
  }

  /**
   * The gradient of a ReLU, the pooling and a dropout: to the first maximum of each window where y is positive,
   * times {@code scale}.
   *
   * @param x what the ReLU has put out
   * @param y what the dropout has put out
   * @param dy gradient with respect to y
   */
  public double[] backward(double[] x, double[] y, double[] dy, double scale) {
    return backward(x, ReluReference.backward(dy, y, scale));
  }

  /** Where in x the first maximum of an output value's window is. */
  public int greatest(double[] x, int pooled) {
    int plane = pooled / (outHeight() * outWidth());
    int top = pooled / outWidth() % outHeight() * stride - padding;
    int left = pooled % outWidth() * stride - padding;
    int best = -1;
    for (int i = 0; i < kernel * kernel; i++) {
      int h = top + i / kernel;
      int w = left + i % kernel;
      if (h >= 0 && h < height && w >= 0 && w < width) {
        int at = (plane * height + h) * width + w;
        best = best < 0 || x[at] > x[best] ? at : best;
      }
    }
    return best;
  }
}
