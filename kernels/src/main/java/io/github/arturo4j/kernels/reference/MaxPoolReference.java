// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

/**
 * Max-pooling over 2×2 windows with stride 2, window by window: what
 * {@link io.github.arturo4j.kernels.nn.MaxPool2d} is compared with.
 *
 * @param planes channels of all images
 * @param height rows of a plane
 * @param width columns of a plane
 */
public record MaxPoolReference(int planes, int height, int width) {
  /** Values of the output, [planes, height / 2, width / 2], rounded down. */
  public int pooledSize() {
    return planes * (height / 2) * (width / 2);
  }

  /** The maximum of each window of x, [planes, height, width]. */
  public double[] forward(double[] x) {
    double[] y = new double[pooledSize()];
    for (int i = 0; i < y.length; i++) {
      y[i] = x[greatest(x, i)];
    }
    return y;
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
    double[] dx = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      dx[greatest(x, i)] = y[i] > 0 ? dy[i] * scale : 0;
    }
    return dx;
  }

  /** Where in x the first maximum of an output value's window is. */
  private int greatest(double[] x, int pooled) {
    int plane = pooled / (height / 2 * (width / 2));
    int first = (plane * height + pooled / (width / 2) % (height / 2) * 2) * width + pooled % (width / 2) * 2;
    int best = first;
    for (int i = 1; i < 4; i++) {
      int at = first + i / 2 * width + i % 2;
      best = x[at] > x[best] ? at : best;
    }
    return best;
  }
}
