// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import io.github.arturo4j.kernels.loss.Targets;
import java.util.stream.LongStream;

/**
 * Mean over the classes of F1 = 2 · hits / (examples of the class + examples that the network takes for it). A class that has
 * neither does not count; as {@code sklearn.metrics.f1_score} with {@code average="macro"}. What the network chooses is as for
 * {@link Accuracy}.
 */
public final class MacroF1 implements Metric {
  @Override
  public String name() {
    return "macro_f1";
  }

  @Override
  public String title() {
    return "macro F1";
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
      private final long[] hits = new long[outputs];
      private final long[] members = new long[outputs];

      @Override
      public void add(int example, float[] row) {
        int label = labels[example];
        int best = Accuracy.best(row);
        hits[label] += best == label ? 1 : 0;
        members[label]++;
        members[best]++;
      }

      @Override
      public double value() {
        double sum = 0;
        int classes = 0;
        for (int c = 0; c < outputs; c++) {
          if (members[c] > 0) {
            sum += 2.0 * hits[c] / members[c];
            classes++;
          }
        }
        return sum / classes;
      }

      @Override
      public double[] state() {
        return LongStream.concat(LongStream.of(hits), LongStream.of(members)).asDoubleStream().toArray();
      }

      @Override
      public void merge(double[] state) {
        for (int c = 0; c < outputs; c++) {
          hits[c] += (long) state[c];
          members[c] += (long) state[outputs + c];
        }
      }
    };
  }
}
