// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import java.util.Arrays;

/**
 * A convolution and its gradients as plain sums in double, in the layouts of
 * {@link io.github.arturo4j.kernels.linalg.LinearAlgebra}. Over images of one pixel it is a linear layer,
 * see {@link #linear}.
 */
public final class ConvolutionReference {
  private final ConvolutionShape s;
  private final int pixels;

  /** A reference for that shape. */
  public ConvolutionReference(ConvolutionShape shape) {
    s = shape;
    pixels = s.outHeight() * s.outWidth();
  }

  /** The linear layer [batch, in] to [batch, out], as a convolution of 1×1 images by 1×1 kernels. */
  public static ConvolutionShape linear(int batch, int in, int out) {
    return new ConvolutionShape(batch, in, 1, 1, out, 1, 1, 0);
  }

  /** The output; weights and biases begin at those places of {@code parameters}, no biases at a negative one. */
  public double[] forward(double[] x, double[] parameters, int weight, int bias) {
    double[] y = new double[s.outputSize()];
    for (int out = 0; bias >= 0 && out < y.length; out++) {
      y[out] = parameters[bias + channel(out)];
    }
    forEachProduct((out, in, w) -> y[out] += x[in] * parameters[weight + w]);
    return y;
  }

  /** The gradient with respect to the input. */
  public double[] backwardInput(double[] dy, double[] parameters, int weight) {
    double[] dx = new double[s.inputSize()];
    forEachProduct((out, in, w) -> dx[in] += dy[out] * parameters[weight + w]);
    return dx;
  }

  /** The gradients with respect to weights and biases, at their places among {@code size} values, else NaN. */
  public double[] backwardParameters(double[] x, double[] dy, int weight, int bias, int size) {
    double[] gradients = new double[size];
    Arrays.fill(gradients, Double.NaN);
    Arrays.fill(gradients, weight, weight + s.weightSize(), 0);
    if (bias >= 0) {
      Arrays.fill(gradients, bias, bias + s.outChannels(), 0);
      for (int out = 0; out < dy.length; out++) {
        gradients[bias + channel(out)] += dy[out];
      }
    }
    forEachProduct((out, in, w) -> gradients[weight + w] += dy[out] * x[in]);
    return gradients;
  }

  private int channel(int out) {
    return out / pixels % s.outChannels();
  }

  /** Indices of an output value, and of an input value and a weight whose product it sums. */
  private interface Product {
    void at(int out, int in, int weight);
  }

  private void forEachProduct(Product product) {
    for (int out = 0; out < s.outputSize(); out++) {
      int image = out / pixels / s.outChannels();
      for (int p = 0; p < s.patch(); p++) {
        int c = p / (s.kernel() * s.kernel());
        int h = out / s.outWidth() % s.outHeight() * s.stride() + p / s.kernel() % s.kernel() - s.padding();
        int w = out % s.outWidth() * s.stride() + p % s.kernel() - s.padding();
        if (h >= 0 && h < s.inHeight() && w >= 0 && w < s.inWidth()) {
          int in = ((image * s.inChannels() + c) * s.inHeight() + h) * s.inWidth() + w;
          product.at(out, in, channel(out) * s.patch() + p);
        }
      }
    }
  }
}
