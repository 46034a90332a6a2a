// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import io.github.arturo4j.kernels.loss.Targets;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Coefficient of determination R² = 1 − Σ (target − output)² / Σ (target − mean target)²; of several values an example, the
 * mean of theirs. Where all targets are equal it is 1 if the outputs are they, else 0. As {@code sklearn.metrics.r2_score},
 * but for a single example, of which that has none.
 */
public final class R2 implements Metric {
  @Override
  public String name() {
    return "r2";
  }

  @Override
  public String title() {
    return "R²";
  }

  @Override
  public boolean isShare() {
    return false;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public Sum begin(Targets targets, int outputs) {
    Targets.Values wanted = targets.asValues("the metric " + name(), outputs);
    int width = wanted.width();
    return new Sum() {
      private final double[] residuals = new double[width];
      private final double[] means = new double[width];
      private final double[] deviations = new double[width];
      private long count;

      @Override
      public void add(int example, float[] row) {
        count++;
        for (int j = 0; j < width; j++) {
          double target = wanted.values()[example * width + j];
          double residual = target - row[j];
          residuals[j] += residual * residual;
          double before = target - means[j];
          means[j] += before / count; // Welford, Technometrics 1962
          deviations[j] += before * (target - means[j]);
        }
      }

      @Override
      public double value() {
        double sum = 0;
        for (int j = 0; j < width; j++) {
          sum += deviations[j] > 0 ? 1 - residuals[j] / deviations[j] : residuals[j] == 0 ? 1 : 0;
        }
        return sum / width;
      }

      @Override
      public double[] state() {
        return Stream.of(residuals, means, deviations, new double[] {count}).flatMapToDouble(DoubleStream::of).toArray();
      }

      @Override
      public void merge(double[] state) { // Chan, Golub and LeVeque, American Statistician 1983
        long others = (long) state[3 * width];
        if (others == 0) {
          return;
        }
        long all = count + others;
        for (int j = 0; j < width; j++) {
          double apart = state[width + j] - means[j];
          residuals[j] += state[j];
          means[j] += apart * others / all;
          deviations[j] += state[2 * width + j] + apart * apart * count / all * others;
        }
        count = all;
      }
    };
  }
}
