// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.models.metric.Metric;
import java.util.List;

/** The best of a run's epochs by a metric, on the set that they are judged by; of equal ones the first. */
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
      double gain = row.judged().metric(metric.name()) - best.judged().metric(metric.name());
      best = (metric.higherIsBetter() ? gain : -gain) > 0 ? row : best;
    }
    return best;
  }

  /** Whether as many epochs as a training's patience have come behind its best one. */
  public static boolean isLongAgo(List<EpochRow> rows, Metric metric, Integer patience) {
    return patience != null && !rows.isEmpty() && rows.getLast().epoch() - of(rows, metric).epoch() >= patience;
  }
}
