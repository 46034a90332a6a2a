// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.chart.Axis;
import io.github.arturo4j.host.chart.Curve;
import io.github.arturo4j.host.chart.Digits;
import io.github.arturo4j.host.chart.LineChart;
import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.models.metric.Metric;
import io.github.arturo4j.models.metric.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Loss and metrics over the epochs, on both sets, as a picture: a chart beside the other. */
final class Plot {
  private Plot() {}

  static void write(Path file, List<EpochRow> rows) throws IOException {
    List<LineChart> charts = new ArrayList<>();
    charts.add(chart("loss", "Loss", rows, EpochRow::trainLoss, EpochRow::judgedLoss));
    for (String name : rows.getFirst().metrics()) {
      Metric metric = Metrics.of(name);
      charts.add(
          chart(
              name, metric.title(), rows, row -> row.train().metric(name), row -> row.judged().metric(name)));
    }
    AtomicFile.write(file, LineChart.picture(charts).getBytes(StandardCharsets.UTF_8));
  }

  private static LineChart chart(
      String id, String title, List<EpochRow> rows, ToDoubleFunction<EpochRow> train, ToDoubleFunction<EpochRow> judged) {
    double[] values =
        DoubleStream.concat(rows.stream().mapToDouble(train), rows.stream().mapToDouble(judged))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    Axis vertical = values.length == 0 ? Axis.covering(0, 1) : Axis.covering(values[0], values[values.length - 1]);
    List<Curve> curves = List.of(curve("train", 0, rows, train), curve(rows.getFirst().judgedBy().toString(), 1, rows, judged));
    return new LineChart(
        id, title, "", "epoch", Axis.epochs(rows.getLast().epoch()), vertical, Digits.of(vertical.high()), curves);
  }

  private static Curve curve(String label, int index, List<EpochRow> rows, ToDoubleFunction<EpochRow> value) {
    List<Curve.Point> points = new ArrayList<>();
    for (EpochRow row : rows) {
      double at = value.applyAsDouble(row);
      if (Double.isFinite(at)) {
        points.add(new Curve.Point(row.epoch(), row.epoch(), at, at, at, 1));
      }
    }
    return new Curve(label, index, false, points);
  }
}
