// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.models.metric.Metric;
import java.util.Comparator;

/**
 * What a trial has come to: what its best epoch so far is on the validation set.
 *
 * @param value of the metric that is searched by
 * @param loss tells which of two equal ones is better
 */
public record Score(double value, double loss) {
  /** The better one first. */
  public static Comparator<Score> better(Metric metric) {
    Comparator<Score> lower = Comparator.comparingDouble(Score::value);
    return (metric.higherIsBetter() ? lower.reversed() : lower).thenComparingDouble(Score::loss);
  }
}
