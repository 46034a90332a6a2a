// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.chart.Axis;
import io.github.arturo4j.host.chart.Curve;
import io.github.arturo4j.host.chart.Digits;
import io.github.arturo4j.host.chart.LineChart;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.models.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/** The pictures of a comparison. */
final class Charts {
  private final Comparison comparison;

  Charts(Comparison comparison) {
    this.comparison = comparison;
  }

  /** All of them; none if no epoch is done. */
  List<LineChart> all() {
    List<Metric> metrics = comparison.settings().metrics();
    List<LineChart> charts = new ArrayList<>();
    if (comparison.runs().stream().anyMatch(run -> !run.rows().isEmpty())) {
      metrics.forEach(metric -> charts.add(overEpochs(metric)));
      String set = comparison.settings().judgedBy();
      charts.add(loss(set + "-loss", set + " loss over epochs", set + " loss", EpochRow::judgedLoss));
      charts.add(loss("train-loss", "Training loss over epochs", "training loss, dropout off", EpochRow::trainLoss));
      charts.add(overTime(metrics.getFirst()));
    }
    return charts;
  }

  /** A metric on the set that epochs are judged by, in percent if it is a share. */
  private static ToDoubleFunction<EpochRow> shown(Metric metric) {
    int factor = metric.isShare() ? 100 : 1;
    return row -> factor * row.judged().metric(metric.name());
  }

  private Axis epochs() {
    return Axis.epochs(comparison.settings().epochs());
  }

  private List<Curve> curves(IntFunction<Curve> of) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < comparison.settings().labels().size(); i++) {
      curves.add(of.apply(i));
    }
    return curves;
  }

  /**
   * The curve of one of the compared.
   *
   * @param width how wide an epoch is
   */
  private Curve curve(int index, double width, ToDoubleFunction<EpochRow> value) {
    String label = comparison.settings().labels().get(index);
    List<Run> runs = comparison.shown(label);
    List<Curve.Point> points = new ArrayList<>();
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
        points.add(new Curve.Point(epoch, epoch * width, mean, values[0], values[values.length - 1], values.length));
      }
    }
    boolean failed = runs.stream().allMatch(run -> run.state() == Run.State.FAILED);
    return new Curve(label, index, failed, points);
  }

  private List<Curve> overEpochs(ToDoubleFunction<EpochRow> value) {
    return curves(i -> curve(i, 1, value));
  }

  private LineChart overEpochs(Metric metric) {
    return chart(metric, "", "epochs", "epoch", epochs(), overEpochs(shown(metric)));
  }

  private LineChart chart(
      Metric metric, String suffix, String over, String horizontal, Axis x, List<Curve> curves) {
    String set = comparison.settings().judgedBy();
    String name = set + " " + metric.title();
    Axis vertical = Axis.of(curves);
    return new LineChart(
        set + "-" + metric.name().replace('_', '-') + suffix, name + " over " + over,
        metric.isShare() ? name + " (%)" : name, horizontal, x, vertical, metric.isShare() ? 2 : Digits.of(vertical.high()), curves);
  }

  private LineChart loss(String id, String title, String vertical, ToDoubleFunction<EpochRow> value) {
    List<Curve> curves = overEpochs(value);
    return new LineChart(id, title, vertical, "epoch", epochs(), Axis.of(curves), 4, curves);
  }

  /** A metric over the time that the training part has taken; an epoch of a run counts as its mean one. */
  private LineChart overTime(Metric metric) {
    double longest = 0;
    for (String label : comparison.settings().labels()) {
      double seconds = secondsPerEpoch(label);
      longest = Double.isNaN(seconds) ? longest : Math.max(longest, seconds * comparison.settings().epochs());
    }
    double unit = longest <= 300 ? 1 : longest <= 3 * 3600 ? 60 : 3600;
    String name = unit == 1 ? "seconds" : unit == 60 ? "minutes" : "hours";
    List<Curve> curves =
        curves(i -> {
          double seconds = secondsPerEpoch(comparison.settings().labels().get(i));
          // without a time no epoch has a place
          return curve(i, seconds / unit, Double.isNaN(seconds) ? row -> Double.NaN : shown(metric));
        });
    return chart(metric, "-time", "training time", name + " of training", Axis.upTo(longest / unit), curves);
  }

  private double secondsPerEpoch(String label) {
    return Measure.SECONDS.of(comparison.shown(label)).mean();
  }
}
