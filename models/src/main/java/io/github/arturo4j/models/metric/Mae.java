// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import io.github.arturo4j.kernels.loss.Targets;

/**
 * Mean absolute error, in what the targets' {@linkplain Targets.Values#unit unit} is of, over all values of all examples:
 * {@code sklearn.metrics.mean_absolute_error}.
 */
public final class Mae implements Metric {
  @Override
  public String name() {
    return "mae";
  }

  @Override
  public String title() {
    return "MAE";
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
    Targets.Values wanted = targets.asValues("the metric " + name(), outputs);
    int width = wanted.width();
    return new Sum() {
      private double sum;
      private long count;

      @Override
      public void add(int example, float[] row) {
        for (int j = 0; j < width; j++) {
          sum += Math.abs((double) row[j] - wanted.values()[example * width + j]);
        }
        count += width;
      }

      @Override
      public double value() {
        return wanted.unit() * sum / count;
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
}
