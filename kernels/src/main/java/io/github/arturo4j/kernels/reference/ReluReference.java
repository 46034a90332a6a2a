// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

/** The rectifier, alone and with a dropout behind it. */
public final class ReluReference {
  private ReluReference() {}

  /** max(0, x) of each value. */
  public static double[] forward(double[] x) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      y[i] = Math.max(0, x[i]);
    }
    return y;
  }

  /** dy · {@code scale} where y, what the dropout or without one the ReLU has put out, is positive; else 0. */
  public static double[] backward(double[] dy, double[] y, double scale) {
    double[] dx = new double[dy.length];
    for (int i = 0; i < dy.length; i++) {
      dx[i] = y[i] > 0 ? dy[i] * scale : 0;
    }
    return dx;
  }
}
