// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.models.metric.Metric;
import java.util.List;

/** The best of a run's epochs by a metric, on the set that they are judged by; of equal ones that of the least loss. */
public final class BestEpoch {
  private BestEpoch() {}

  /**
   * The row of the best epoch.
   *
   * @param rows at least one
   */
  public static EpochRow of(List<EpochRow> rows, Metric metric) {
    EpochRow best = rows.getFirst();
    for (EpochRow row : rows) {
      double gain = gain(row, best, metric);
      best = gain > 0 || gain == 0 && row.judgedLoss() < best.judgedLoss() ? row : best;
    }
    return best;
  }

  /**
   * The row of the first epoch that none is better than.
   *
   * @param rows at least one
   */
  public static EpochRow first(List<EpochRow> rows, Metric metric) {
    EpochRow best = rows.getFirst();
    for (EpochRow row : rows) {
      best = gain(row, best, metric) > 0 ? row : best;
    }
    return best;
  }

  /** Whether as many epochs as a training's patience have come behind the last that was better than all before it. */
  public static boolean isLongAgo(List<EpochRow> rows, Metric metric, Integer patience) {
    if (patience == null || rows.isEmpty()) {
      return false;
    }
    return rows.getLast().epoch() - first(rows, metric).epoch() >= patience;
  }

  private static double gain(EpochRow row, EpochRow other, Metric metric) {
    double gain = row.judged().metric(metric.name()) - other.judged().metric(metric.name());
    return metric.higherIsBetter() ? gain : -gain;
  }
}
