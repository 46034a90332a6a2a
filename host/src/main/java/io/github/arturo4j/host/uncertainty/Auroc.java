// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import java.util.Arrays;

/**
 * The area under the ROC curve of a score that is to tell two kinds of examples apart: the probability that one of the second
 * kind has the higher score, ties counting half (Mann and Whitney 1947; Hanley and McNeil 1982).
 */
public final class Auroc {
  private Auroc() {}

  /**
   * Of scores.
   *
   * @param low of examples that should have the lower ones; at least one
   * @param high of examples that should have the higher ones; at least one
   */
  public static double of(double[] low, double[] high) {
    if (low.length == 0 || high.length == 0) {
      throw new IllegalArgumentException("there are " + low.length + " and " + high.length + " scores; each must be one or more");
    }
    double[] sorted = low.clone();
    Arrays.sort(sorted);
    double won = 0;
    for (double score : high) {
      won += (below(sorted, score) + below(sorted, Math.nextUp(score))) / 2.0;
    }
    return won / ((double) low.length * high.length);
  }

  /** How many of the sorted are less than a bound. */
  private static int below(double[] sorted, double bound) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < bound) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
