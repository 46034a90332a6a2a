// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import java.util.function.IntUnaryOperator;

/**
 * Normalisation of rows by their own mean and variance: what {@link io.github.arturo4j.kernels.nn.RowNormKernels} is
 * compared with.
 *
 * @param length values of a row
 * @param parameter index of the weight and the bias of each value
 * @param epsilon what is added to a variance before the root
 */
public record RowNormReference(int length, IntUnaryOperator parameter, double epsilon) {
  private static final double EPSILON = 1e-5;

  /** Layer normalisation of vectors. */
  public static RowNormReference ofLayer(int length, double epsilon) {
    return new RowNormReference(length, i -> i % length, epsilon);
  }

  /** Group normalisation of images. */
  public static RowNormReference ofGroups(int groups, int channels, int pixels) {
    return new RowNormReference(channels / groups * pixels, i -> i / pixels % channels, EPSILON);
  }

  /** (x − mean) / √(variance + ε) of each value. */
  private double[] normal(double[] x) {
    double[] z = new double[x.length];
    for (int start = 0; start < x.length; start += length) {
      double mean = mean(x, start);
      double inverse = inverse(x, start);
      for (int i = start; i < start + length; i++) {
        z[i] = (x[i] - mean) * inverse;
      }
    }
    return z;
  }

  private double mean(double[] x, int start) {
    double sum = 0;
    for (int i = start; i < start + length; i++) {
      sum += x[i];
    }
    return sum / length;
  }

  private double inverse(double[] x, int start) {
    double mean = mean(x, start);
    double squares = 0;
    for (int i = start; i < start + length; i++) {
      squares += Math.pow(x[i] - mean, 2);
    }
    return 1 / Math.sqrt(squares / length + epsilon);
  }

  /** The normal values, times their weights, plus their biases. */
  public double[] forward(double[] x, double[] parameters, int weight, int bias) {
    double[] y = normal(x);
    for (int i = 0; i < y.length; i++) {
      int at = parameter.applyAsInt(i);
      y[i] = y[i] * parameters[weight + at] + parameters[bias + at];
    }
    return y;
  }

  /** The gradients with respect to {@code count} weights, and then those with respect to the biases. */
  public double[] backwardParameters(double[] x, double[] dy, int count) {
    double[] z = normal(x);
    double[] gradients = new double[2 * count];
    for (int i = 0; i < x.length; i++) {
      gradients[parameter.applyAsInt(i)] += dy[i] * z[i];
      gradients[count + parameter.applyAsInt(i)] += dy[i];
    }
    return gradients;
  }

  /** The gradient with respect to x: the Jacobian of a row, ∂zᵢ/∂xⱼ = (δᵢⱼ − 1/n − zᵢ zⱼ / n) / √(variance + ε). */
  public double[] backwardInput(double[] x, double[] dy, double[] parameters, int weight) {
    double[] z = normal(x);
    double[] dx = new double[x.length];
    for (int start = 0; start < x.length; start += length) {
      double inverse = inverse(x, start);
      for (int i = start; i < start + length; i++) {
        double g = dy[i] * parameters[weight + parameter.applyAsInt(i)];
        for (int j = start; j < start + length; j++) {
          dx[j] += g * ((i == j ? 1 : 0) - (1 + z[i] * z[j]) / length) * inverse;
        }
      }
    }
    return dx;
  }
}
