// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import io.github.arturo4j.host.predict.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * How far predicted probabilities can be trusted.
 *
 * @param accuracy the share of examples whose most probable class is theirs
 * @param nll the mean −log of the probability of an example's own class, in nats
 * @param brier the mean squared distance of the probabilities from 1 for the own class and 0 for the others, over all classes: 0
 *     to 2 (Brier, Monthly Weather Review 1950)
 * @param ece the expected calibration error: the mean distance of confidence and accuracy in a bin, weighted by its examples
 *     (Naeini et al., AAAI 2015; Guo et al., ICML 2017, arXiv 1706.04599)
 * @param bins of equal width, by the probability of the most probable class
 */
public record Calibration(double accuracy, double nll, double brier, double ece, List<Bin> bins) {
  /** Bins of {@link #ece}, as Guo et al. have them. */
  public static final int BINS = 15;

  /** Least probability whose log is taken: that of a float which is 0 would be infinite. */
  private static final double LEAST = 1e-30;

  /** Keeps the bins. */
  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * Examples of a confidence in (low, high].
   *
   * @param confidence their mean; NaN if there are none
   * @param accuracy the share of them that is right; NaN if there are none
   */
  public record Bin(double low, double high, int examples, double confidence, double accuracy) {}

  /**
   * Of predictions.
   *
   * @param labels the examples' own classes
   * @throws IllegalArgumentException if there are none, or not as many labels
   */
  public static Calibration of(List<Prediction> predictions, int[] labels) {
    if (predictions.isEmpty() || predictions.size() != labels.length) {
      throw new IllegalArgumentException("there are " + predictions.size() + " predictions and " + labels.length + " labels");
    }
    double right = 0;
    double nll = 0;
    double brier = 0;
    int[] count = new int[BINS];
    double[] confidence = new double[BINS];
    double[] accuracy = new double[BINS];
    for (int i = 0; i < labels.length; i++) {
      double[] p = predictions.get(i).values();
      int best = best(p);
      int hit = best == labels[i] ? 1 : 0;
      right += hit;
      nll -= Math.log(Math.max(p[labels[i]], LEAST));
      for (int label = 0; label < p.length; label++) {
        double off = p[label] - (label == labels[i] ? 1 : 0);
        brier += off * off;
      }
      int bin = Math.clamp((int) Math.ceil(p[best] * BINS) - 1, 0, BINS - 1);
      count[bin]++;
      confidence[bin] += p[best];
      accuracy[bin] += hit;
    }
    List<Bin> bins = new ArrayList<>();
    double ece = 0;
    for (int bin = 0; bin < BINS; bin++) {
      ece += Math.abs(confidence[bin] - accuracy[bin]) / labels.length;
      bins.add(
          new Bin(
              (double) bin / BINS, (bin + 1.0) / BINS, count[bin], confidence[bin] / count[bin], accuracy[bin] / count[bin]));
    }
    return new Calibration(right / labels.length, nll / labels.length, brier / labels.length, ece, bins);
  }

  private static int best(double[] p) {
    int best = 0;
    for (int i = 1; i < p.length; i++) {
      best = p[i] > p[best] ? i : best;
    }
    return best;
  }
}
