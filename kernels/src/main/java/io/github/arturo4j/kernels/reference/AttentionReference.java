// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import java.util.function.UnaryOperator;

/**
 * Attention of several heads in double, as it is defined: softmax(Q Kᵀ / √d) V of each head.
 *
 * @param dimensions of all heads together
 */
public record AttentionReference(int batch, int positions, int dimensions, int heads, boolean causal) {
  /**
   * What it puts out, [batch, positions, dimensions].
   *
   * @param x queries, keys and values of each position, [batch, positions, 3 · dimensions]
   * @param dropout what becomes of the weights, [batch, heads, positions, positions]
   */
  public double[] forward(double[] x, UnaryOperator<double[]> dropout) {
    double[] weights = dropout.apply(weights(x));
    double[] y = new double[batch * positions * dimensions];
    each(
        (b, h, t, s) -> {
          for (int d = h * size(); d < (h + 1) * size(); d++) {
            y[(b * positions + t) * dimensions + d] += weights[weight(b, h, t, s)] * x[place(b, s) + 2 * dimensions + d];
          }
        });
    return y;
  }

  private double[] weights(double[] x) {
    double[] weights = new double[batch * heads * positions * positions];
    double[] sums = new double[batch * heads * positions];
    each(
        (b, h, t, s) -> {
          double score = 0;
          for (int d = h * size(); d < (h + 1) * size(); d++) {
            score += x[place(b, t) + d] * x[place(b, s) + dimensions + d];
          }
          weights[weight(b, h, t, s)] = causal && s > t ? 0 : Math.exp(score / Math.sqrt(size()));
          sums[(b * heads + h) * positions + t] += weights[weight(b, h, t, s)];
        });
    each((b, h, t, s) -> weights[weight(b, h, t, s)] /= sums[(b * heads + h) * positions + t]);
    return weights;
  }

  private int size() {
    return dimensions / heads;
  }

  private int place(int b, int t) {
    return (b * positions + t) * 3 * dimensions;
  }

  private int weight(int b, int h, int t, int s) {
    return ((b * heads + h) * positions + t) * positions + s;
  }

  private interface Pair {
    void visit(int example, int head, int position, int seen);
  }

  private void each(Pair pair) {
    for (int b = 0; b < batch; b++) {
      for (int h = 0; h < heads; h++) {
        for (int t = 0; t < positions; t++) {
          for (int s = 0; s < positions; s++) {
            pair.visit(b, h, t, s);
          }
        }
      }
    }
  }
}
