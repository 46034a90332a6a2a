// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import io.github.arturo4j.kernels.loss.Targets;

/**
 * Share of the examples whose class is among those of the five greatest outputs; of equal outputs the first are taken, as
 * {@link Accuracy} does. With five classes or fewer it is 1.
 */
public final class Top5Accuracy implements Metric {
  private static final int CHOSEN = 5;

  @Override
  public String name() {
    return "top5_accuracy";
  }

  @Override
  public String title() {
    return "top-5 accuracy";
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
        hits += before(labels[example], row) < CHOSEN ? 1 : 0;
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

  /** How many classes are chosen before that one. */
  private static int before(int label, float[] outputs) {
    int before = 0;
    for (int c = 0; c < outputs.length; c++) {
      before += outputs[c] > outputs[label] || c < label && outputs[c] == outputs[label] ? 1 : 0;
    }
    return before;
  }
}
