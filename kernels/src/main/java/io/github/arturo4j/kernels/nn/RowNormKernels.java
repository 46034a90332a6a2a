// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Normalisation of rows of neighbouring values by their own mean and variance: layer normalisation (Ba, Kiros, Hinton,
 * arXiv 1607.06450), whose rows are images or vectors of them, and group normalisation (Wu, He, ECCV 2018), whose rows are
 * groups of channels. No row sees another, so that training and evaluation are the same. NaN stays in its row.
 *
 * <p>x, y, dy and dx are [rows, length]. Rows repeat after {@code period}, and neighbours share a weight and a bias:
 * value i of row r has those with the index ((r mod period) · length + i) / divisor. Layer normalisation has a period and
 * a divisor of 1; group normalisation has the number of groups, and the pixels of a channel.
 */
public final class RowNormKernels {
  private RowNormKernels() {}

  /**
   * Each row's mean, and 1 / √(variance + ε); a thread a row. The second of two passes, around a mean that is rounded,
   * corrects it as well (the corrected two-pass algorithm of Chan, Golub, LeVeque, 1983): nothing is cancelled.
   *
   * @param statistics [2, rows], means first
   * @param epsilon ε, which is added to a variance before the root
   */
  public static void statistics(FloatArray x, FloatArray statistics, int rows, int length, float epsilon) {
    for (@Parallel int r = 0; r < (rows & LoopGrid.ANY); r++) {
      float sum = 0f;
      for (int i = 0; i < length; i++) {
        sum += x.get(r * length + i);
      }
      float mean = sum / length;
      float rest = 0f;
      float squares = 0f;
      for (int i = 0; i < length; i++) {
        float d = x.get(r * length + i) - mean;
        rest += d;
        squares += d * d;
      }
      float variance = (squares - rest * rest / length) / length;
      statistics.set(r, mean + rest / length);
      statistics.set(rows + r, 1f / TornadoMath.sqrt(variance + epsilon));
    }
  }

  /**
   * y = (x − mean) / √(variance + ε) · weight + bias.
   *
   * @param parameters holds weights and biases from {@code weight} and {@code bias} on
   */
  public static void forward(
      FloatArray x, FloatArray statistics, FloatArray parameters, FloatArray y, int weight, int bias, int rows,
      int length, int period, int divisor) {
    for (@Parallel int r = 0; r < (rows & LoopGrid.ANY); r++) {
      for (@Parallel int i = 0; i < (length & LoopGrid.ANY); i++) {
        int parameter = (r % period * length + i) / divisor;
        float normal = (x.get(r * length + i) - statistics.get(r)) * statistics.get(rows + r);
        y.set(r * length + i, normal * parameters.get(weight + parameter) + parameters.get(bias + parameter));
      }
    }
  }

  /**
   * The gradients with respect to {@code count} weights and biases: Σ dy · (x − mean) / √(variance + ε), and Σ dy; a
   * thread an index.
   */
  public static void backwardParameters(
      FloatArray dy, FloatArray x, FloatArray statistics, FloatArray gradients, int weight, int bias, int count, int rows,
      int length, int period, int divisor) {
    for (@Parallel int j = 0; j < (count & LoopGrid.ANY); j++) {
      float product = 0f;
      float sum = 0f;
      for (int first = 0; first < rows; first += period) {
        for (int at = j * divisor; at < (j + 1) * divisor; at++) {
          int r = first + at / length;
          float gradient = dy.get(first * length + at);
          product += gradient * ((x.get(first * length + at) - statistics.get(r)) * statistics.get(rows + r));
          sum += gradient;
        }
      }
      gradients.set(weight + j, product);
      gradients.set(bias + j, sum);
    }
  }

  /**
   * The gradient with respect to x, in place; a thread a row. With z = (x − mean) / √(variance + ε) and g = dy · weight,
   * dy becomes (g − mean(g) − z · mean(g z)) / √(variance + ε).
   */
  public static void backwardInput(
      FloatArray dy, FloatArray x, FloatArray statistics, FloatArray parameters, int weight, int rows, int length,
      int period, int divisor) {
    for (@Parallel int r = 0; r < (rows & LoopGrid.ANY); r++) {
      int start = r * length;
      int first = r % period * length;
      float mean = statistics.get(r);
      float inverse = statistics.get(rows + r);
      float sum = 0f;
      float product = 0f;
      for (int i = 0; i < length; i++) {
        float g = dy.get(start + i) * parameters.get(weight + (first + i) / divisor);
        sum += g;
        product += g * ((x.get(start + i) - mean) * inverse);
      }
      float offset = sum / length;
      float slope = product / length;
      for (int i = 0; i < length; i++) {
        float g = dy.get(start + i) * parameters.get(weight + (first + i) / divisor);
        dy.set(start + i, (g - offset - (x.get(start + i) - mean) * inverse * slope) * inverse);
      }
    }
  }
}
