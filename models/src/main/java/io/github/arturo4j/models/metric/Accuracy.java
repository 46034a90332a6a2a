// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import io.github.arturo4j.kernels.loss.Targets;

/** Share of the examples, or of their positions, whose class is that of the greatest output, of the first one where several are equal. */
public final class Accuracy implements Metric {
  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public String title() {
    return "accuracy";
  }

  @Override
  public boolean isShare() {
    return true;
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public Sum begin(Targets targets, int outputs) {
    int[] labels = targets.asClasses("the metric " + name()).labels();
    return new Sum() {
      private long hits;
      private long count;

      @Override
      public void add(int example, float[] row) {
        hits += best(row) == labels[example] ? 1 : 0;
        count++;
      }

      @Override
      public double value() {
        return (double) hits / count;
      }

      @Override
      public double[] state() {
        return new double[] {hits, count};
      }

      @Override
      public void merge(double[] state) {
        hits += (long) state[0];
        count += (long) state[1];
      }
    };
  }

  /** The class that a network chooses: the first of its greatest outputs. */
  public static int best(float[] outputs) {
    int best = 0;
    for (int c = 1; c < outputs.length; c++) {
      best = outputs[c] > outputs[best] ? c : best;
    }
    return best;
  }
}
