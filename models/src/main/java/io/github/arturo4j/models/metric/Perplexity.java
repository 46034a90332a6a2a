// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import io.github.arturo4j.kernels.loss.Targets;

/**
 * exp of the mean cross-entropy in nats, of the classes' or tokens' own outputs taken as logits: of how many equally likely
 * ones a network would have to choose to do as well.
 */
public final class Perplexity implements Metric {
  @Override
  public String name() {
    return "perplexity";
  }

  @Override
  public String title() {
    return "perplexity";
  }

  @Override
  public boolean isShare() {
    return false;
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }

  @Override
  public Sum begin(Targets targets, int outputs) {
    int[] labels = targets.asClasses("the metric " + name()).labels();
    return new Sum() {
      private double sum;
      private long count;

      @Override
      public void add(int example, float[] row) {
        sum += logSum(row) - row[labels[example]];
        count++;
      }

      @Override
      public double value() {
        return Math.exp(sum / count);
      }

      @Override
      public double[] state() {
        return new double[] {sum, count};
      }

      @Override
      public void merge(double[] state) {
        sum += state[0];
        count += (long) state[1];
      }
    };
  }

  /** log Σ exp(z), without overflow. */
  private static double logSum(float[] logits) {
    double max = Double.NEGATIVE_INFINITY;
    for (float z : logits) {
      max = Math.max(max, z);
    }
    double sum = 0;
    for (float z : logits) {
      sum += Math.exp(z - max);
    }
    return max + Math.log(sum);
  }
}
