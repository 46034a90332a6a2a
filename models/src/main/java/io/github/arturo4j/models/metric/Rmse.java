// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import io.github.arturo4j.kernels.loss.Targets;
import java.util.Arrays;

/**
 * Root of the mean squared error, in what the targets' {@linkplain Targets.Values#unit unit} is of; of several values an
 * example, the mean of their roots, as {@code sklearn.metrics.root_mean_squared_error}.
 */
public final class Rmse implements Metric {
  @Override
  public String name() {
    return "rmse";
  }

  @Override
  public String title() {
    return "RMSE";
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
      private final double[] squares = new double[width];
      private long count;

      @Override
      public void add(int example, float[] row) {
        for (int j = 0; j < width; j++) {
          double difference = (double) row[j] - wanted.values()[example * width + j];
          squares[j] += difference * difference;
        }
        count++;
      }

      @Override
      public double value() {
        double sum = 0;
        for (double square : squares) {
          sum += wanted.unit() * Math.sqrt(square / count);
        }
        return sum / width;
      }

      @Override
      public double[] state() {
        double[] state = Arrays.copyOf(squares, width + 1);
        state[width] = count;
        return state;
      }

      @Override
      public void merge(double[] state) {
        for (int j = 0; j < width; j++) {
          squares[j] += state[j];
        }
        count += (long) state[width];
      }
    };
  }
}
