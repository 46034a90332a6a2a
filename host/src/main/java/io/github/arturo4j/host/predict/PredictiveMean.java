// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import io.github.arturo4j.host.dataset.TargetKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The mean of what several networks predict for the same examples, and its {@link Spread}: of probabilities, never of logits.
 * Mean and variance are Welford's (Technometrics 1962).
 */
public final class PredictiveMean {
  private final OutputMeaning meaning;
  private final int examples;
  private final int width;
  private final double[] mean;
  private final double[] squares;
  private final double[] entropy;
  private int added;

  /**
   * Of so many examples.
   *
   * @param width outputs for one
   */
  public PredictiveMean(OutputMeaning meaning, int examples, int width) {
    this.meaning = meaning;
    this.examples = examples;
    this.width = width;
    mean = new double[Math.multiplyExact(examples, width)];
    squares = new double[mean.length];
    entropy = new double[examples];
  }

  /**
   * Adds what a network puts out.
   *
   * @param outputs [examples, outputs]
   */
  public void add(float[] outputs) {
    added++;
    for (int example = 0; example < examples; example++) {
      Prediction own = meaning.of(Arrays.copyOfRange(outputs, example * width, (example + 1) * width));
      double[] values = own.values();
      for (int i = 0; i < width; i++) {
        int at = example * width + i;
        double off = values[i] - mean[at];
        mean[at] += off / added;
        squares[at] += off * (values[i] - mean[at]);
      }
      entropy[example] += (own.entropy() - entropy[example]) / added;
    }
  }

  /** One for each example; of a single network without a spread. */
  public List<Prediction> predictions() {
    List<Prediction> predictions = new ArrayList<>();
    for (int example = 0; example < examples; example++) {
      int from = example * width;
      Prediction own = new Prediction(Arrays.copyOfRange(mean, from, from + width), meaning.schema());
      predictions.add(added == 1 ? own : own.with(spread(own, example)));
    }
    return predictions;
  }

  private Spread spread(Prediction own, int example) {
    double[] deviations = new double[width];
    Arrays.setAll(deviations, i -> Math.sqrt(squares[example * width + i] / (added - 1)));
    boolean classes = meaning.schema().targets() != TargetKind.values;
    return new Spread(classes ? Math.max(0, own.entropy() - entropy[example]) : Double.NaN, deviations);
  }
}
