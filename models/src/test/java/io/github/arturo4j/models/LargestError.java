// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.metric.Metric;

/** A metric from outside the library: the greatest absolute error. */
public final class LargestError implements Metric {
  @Override
  public String name() {
    return "largest_error";
  }

  @Override
  public String title() {
    return "largest error";
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
    Targets.Values wanted = targets.asValues("the metric " + name());
    return new Sum() {
      private double largest;

      @Override
      public void add(int example, float[] row) {
        for (int j = 0; j < outputs; j++) {
          largest = Math.max(largest, Math.abs(row[j] - wanted.values()[example * outputs + j]));
        }
      }

      @Override
      public double value() {
        return wanted.unit() * largest;
      }

      @Override
      public double[] state() {
        return new double[] {largest};
      }

      @Override
      public void merge(double[] state) {
        largest = Math.max(largest, state[0]);
      }
    };
  }
}
