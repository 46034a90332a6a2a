// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import io.github.arturo4j.models.Weights;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A metric over the share of weights that was removed.
 *
 * @param points from nothing removed on
 */
public record PruningCurve(List<Point> points) {
  private static final double[] SHARES = {0, 0.25, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98};

  /** Keeps the points. */
  public PruningCurve {
    points = List.copyOf(points);
  }

  /**
   * The metric with a share of the weights removed.
   *
   * @param values by what they were chosen by
   */
  public record Point(double share, Map<Pruning.Criterion, Double> values) {}

  /**
   * Measures it.
   *
   * @param metric of weights
   */
  public static PruningCurve of(Pruning pruning, ToDoubleFunction<Weights> metric) {
    List<Point> points = new ArrayList<>();
    for (double share : SHARES) {
      Map<Pruning.Criterion, Double> values = new EnumMap<>(Pruning.Criterion.class);
      for (Pruning.Criterion criterion : Pruning.Criterion.values()) {
        if (criterion == Pruning.Criterion.MAGNITUDE || pruning.deviations() != null) {
          values.put(criterion, metric.applyAsDouble(pruning.without(share, criterion)));
        }
      }
      points.add(new Point(share, values));
    }
    return new PruningCurve(points);
  }
}
