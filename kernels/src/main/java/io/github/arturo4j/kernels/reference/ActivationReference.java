// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** What {@link io.github.arturo4j.kernels.nn.ActivationKernels} is compared with. */
public final class ActivationReference {
  private ActivationReference() {}

  /** f(x) of each value. */
  public static double[] map(double[] x, DoubleUnaryOperator f) {
    return Arrays.stream(x).map(f).toArray();
  }

  /** x Φ(x). */
  public static double gelu(double x) {
    return x * (1 + erf(x / Math.sqrt(2))) / 2;
  }

  /** Its slope, Φ(x) + x φ(x). */
  public static double geluSlope(double x) {
    return (1 + erf(x / Math.sqrt(2))) / 2 + x * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2. */
  public static double geluTanh(double x) {
    return x * (1 + Math.tanh(geluArgument(x))) / 2;
  }

  /** Its slope. */
  public static double geluTanhSlope(double x) {
    double tanh = Math.tanh(geluArgument(x));
    double inner = Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
    return (1 + tanh) / 2 + (Math.abs(x) > 10 ? 0 : x * (1 - tanh * tanh) * inner / 2);
  }

  private static double geluArgument(double x) {
    return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x);
  }

  /** The error function: its series 2/√π exp(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)), in which nothing cancels. */
  static double erf(double x) {
    if (Math.abs(x) > 6) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** 1 / (1 + exp(−x)). */
  public static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** x σ(x). */
  public static double silu(double x) {
    return x * sigmoid(x);
  }

  /** Its slope, σ(x) (1 + x (1 − σ(x))). */
  public static double siluSlope(double x) {
    return sigmoid(x) * (1 + x * (1 - sigmoid(x)));
  }

  /** The softmax over the channels of x, [batch, channels, pixels]. */
  public static double[] softmax(double[] x, int channels, int pixels) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double sum = 0;
      int first = i / (channels * pixels) * channels * pixels + i % pixels;
      for (int c = 0; c < channels; c++) {
        sum += Math.exp(x[first + c * pixels] - x[i]);
      }
      y[i] = 1 / sum;
    }
    return y;
  }
}
