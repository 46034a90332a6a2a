// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.run.EpochRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How something went over the epochs for one of the compared.
 *
 * @param index which of the compared it is, for colour and dashes
 * @param failed whether it is of failed runs only
 * @param points one an epoch
 */
record Curve(String label, int index, boolean failed, List<Point> points) {
  /**
   * The seeds at the end of an epoch.
   *
   * @param x where it stands
   * @param low the lowest of the seeds
   * @param high the highest
   */
  record Point(int epoch, double x, double mean, double low, double high, int seeds) {}

  /**
   * The curve of one of the compared.
   *
   * @param width how wide an epoch is
   */
  static Curve of(Comparison comparison, int index, double width, ToDoubleFunction<EpochRow> value) {
    String label = comparison.settings().labels().get(index);
    List<Run> runs = comparison.shown(label);
    List<Point> points = new ArrayList<>();
    for (int epoch = 1; epoch <= comparison.settings().epochs(); epoch++) {
      int number = epoch;
      double[] values =
          runs.stream()
              .flatMap(run -> run.rows().stream().filter(row -> row.epoch() == number))
              .mapToDouble(row -> value.applyAsDouble(row))
              .filter(Double::isFinite)
              .sorted()
              .toArray();
      if (values.length > 0) {
        double mean = Summary.of(values).mean();
        points.add(new Point(epoch, epoch * width, mean, values[0], values[values.length - 1], values.length));
      }
    }
    boolean failed = runs.stream().allMatch(run -> run.state() == Run.State.FAILED);
    return new Curve(label, index, failed, points);
  }
}
