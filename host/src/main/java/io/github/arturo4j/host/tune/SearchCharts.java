// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.chart.Axis;
import io.github.arturo4j.host.chart.Curve;
import io.github.arturo4j.host.chart.Digits;
import io.github.arturo4j.host.chart.LineChart;
import io.github.arturo4j.host.run.EpochRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How the trials of a search went over their epochs: the best by name, the others in the background. */
final class SearchCharts {
  private static final int NAMED = 6;

  private final SearchResults results;

  SearchCharts(SearchResults results) {
    this.results = results;
  }

  /** The trials that have a name in the pictures, the best first. */
  List<Trial> named() {
    return results.ranking().stream().limit(NAMED).toList();
  }

  /** Which of the curves of a picture is that of a trial. */
  int index(Trial trial) {
    int index = named().indexOf(trial);
    return index < 0 ? Curve.MUTED : index;
  }

  static String name(Trial trial) {
    return "trial " + trial.number();
  }

  /** All of them; none if no epoch is done. */
  List<LineChart> all() {
    if (results.rows().values().stream().allMatch(List::isEmpty)) {
      return List.of();
    }
    Objective objective = results.objective();
    List<Curve> curves = curves(row -> objective.shown(row.judged().metric(objective.metric().name())));
    Axis vertical = Axis.of(curves);
    String set = objective.set();
    return List.of(
        chart(
            "objective", objective.name() + " over epochs", objective.name() + (objective.metric().isShare() ? " (%)" : ""), vertical,
            objective.metric().isShare() ? 2 : Digits.of(vertical.high()), curves),
        loss("judged-loss", set + " loss over epochs", set + " loss", EpochRow::judgedLoss),
        loss("train-loss", "training loss over epochs", "training loss, dropout off", EpochRow::trainLoss));
  }

  private LineChart loss(String id, String title, String vertical, ToDoubleFunction<EpochRow> value) {
    List<Curve> curves = curves(value);
    return chart(id, title, vertical, Axis.of(curves), 4, curves);
  }

  private LineChart chart(String id, String title, String vertical, Axis y, int digits, List<Curve> curves) {
    int last = results.rows().values().stream().flatMap(List::stream).mapToInt(EpochRow::epoch).max().orElse(1);
    return new LineChart(id, title, vertical, "epoch", Axis.epochs(last), y, digits, curves);
  }

  /** Those in the background first. */
  private List<Curve> curves(ToDoubleFunction<EpochRow> value) {
    List<Curve> curves = new ArrayList<>();
    results.trials().stream().filter(trial -> index(trial) == Curve.MUTED).forEach(trial -> curves.add(curve(trial, value)));
    named().forEach(trial -> curves.add(curve(trial, value)));
    return curves;
  }

  private Curve curve(Trial trial, ToDoubleFunction<EpochRow> value) {
    List<Curve.Point> points = new ArrayList<>();
    for (EpochRow row : results.rows(trial)) {
      double y = value.applyAsDouble(row);
      if (Double.isFinite(y)) {
        points.add(new Curve.Point(row.epoch(), row.epoch(), y, y, y, 1));
      }
    }
    return new Curve(name(trial), index(trial), trial.isFailed(), points);
  }
}
