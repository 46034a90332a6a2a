// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.diagnose;

import io.github.arturo4j.host.chart.Axis;
import io.github.arturo4j.host.chart.Curve;
import io.github.arturo4j.host.chart.LineChart;
import io.github.arturo4j.host.chart.Markup;
import io.github.arturo4j.host.chart.Page;
import io.github.arturo4j.host.run.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A run's diagnoses as one {@link Page}: advice, curves over the epochs, and how its weights' curvatures are spread. */
public final class DiagnosticsPage {
  private final List<Diagnosis> rows;
  private final List<String> groups;

  private DiagnosticsPage(List<Diagnosis> rows) {
    this.rows = rows;
    groups = rows.stream().map(Diagnosis::group).distinct().toList();
  }

  /**
   * The page.
   *
   * @param title of it
   * @param advice its lines
   * @param rows not none
   * @param curvature of each weight after the last step; none if it is not known
   * @param deviation of each weight, 1/√λ, likewise
   */
  public static String of(String title, List<String> advice, List<Diagnosis> rows, float[] curvature, float[] deviation) {
    DiagnosticsPage page = new DiagnosticsPage(rows);
    Markup out = Page.begin(title, "/report.css");
    out.open("section").element("h2", "Advice").line();
    if (advice.isEmpty()) {
      out.element("p", "Nothing to do: the bound holds the steps, the filter follows, no step was skipped.").line();
    } else {
      out.open("ul");
      advice.forEach(line -> out.element("li", line).line());
      out.close();
    }
    out.close().line();
    page.charts(out, curvature, deviation);
    return Page.end(out);
  }

  private void charts(Markup out, float[] curvature, float[] deviation) {
    out.open("section").element("h2", "Curves").line();
    out.open("ul", "class", "legend").line();
    for (int i = 0; i < groups.size(); i++) {
      out.open("li");
      LineChart.writeKey(out, i);
      out.text(" " + groups.get(i)).close().line();
    }
    out.close();
    List<LineChart> charts = new ArrayList<>();
    charts.add(
        overEpochs("kl", "KL of the means' step, share of the bound", 3, r -> r.step().klTaken() / r.step().bound()));
    charts.add(
        overEpochs(
            "cov", "KL of the precisions' step for each weight, in nats, as a power of ten", 2,
            power(r -> r.step().klCovariance() / r.weights())));
    charts.add(overEpochs("eta", "multiplier η of the trust region, as a power of ten", 2, power(r -> r.step().eta())));
    charts.add(overEpochs("inn", "squared innovation in units of its variance, as a power of ten", 2, power(r -> r.step().innovation())));
    charts.add(banded("rate", "learning rate of the median weight, as a power of ten; band: 90% of the weights", Diagnosis::rates));
    charts.add(banded("curv", "curvature of the median weight, as a power of ten; band: 90% of the weights", Diagnosis::curvatures));
    histogram("hist", "curvatures after the last epoch: share of the weights in a quarter of a power of ten",
            List.of(Histogram.of("positive", curvature, 1), Histogram.of("negative", curvature, -1)))
        .ifPresent(charts::add);
    histogram("dev", "standard deviations of the weights' Gaussians: share in a quarter of a power of ten",
            List.of(Histogram.of("weights", deviation, 1)))
        .ifPresent(charts::add);
    Page.figures(out, charts);
    out.close().line();
  }

  private static ToDoubleFunction<Diagnosis> power(ToDoubleFunction<Diagnosis> value) {
    return row -> Math.log10(value.applyAsDouble(row));
  }

  private LineChart overEpochs(String id, String title, int digits, ToDoubleFunction<Diagnosis> value) {
    return chart(id, title, digits, row -> {
      double at = value.applyAsDouble(row);
      return new Curve.Point(row.epoch(), row.epoch(), at, at, at, 1);
    });
  }

  private LineChart banded(String id, String title, Function<Diagnosis, Diagnosis.Quantiles> of) {
    return chart(id, title, 2, row -> {
      Diagnosis.Quantiles q = of.apply(row);
      double median = Math.log10(q.median());
      double low = q.low() > 0 ? Math.log10(q.low()) : median;
      return new Curve.Point(row.epoch(), row.epoch(), median, low, Math.log10(q.high()), 2);
    });
  }

  private LineChart chart(String id, String title, int digits, Function<Diagnosis, Curve.Point> point) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      String group = groups.get(i);
      List<Curve.Point> points =
          rows.stream()
              .filter(row -> row.group().equals(group))
              .map(point)
              .filter(p -> Double.isFinite(p.mean()) && Double.isFinite(p.low()) && Double.isFinite(p.high()))
              .toList();
      curves.add(new Curve(group, i, false, points));
    }
    return new LineChart(
        id, title, "", "epoch", Axis.epochs(rows.getLast().epoch()), vertical(curves), digits, curves);
  }

  private static Axis vertical(List<Curve> curves) {
    double[] values =
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .flatMap(p -> Stream.of(p.low(), p.high()))
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    return values.length == 0 ? Axis.covering(0, 1) : Axis.covering(values[0], values[values.length - 1]);
  }

  private static Optional<LineChart> histogram(String id, String title, List<Histogram> histograms) {
    List<Curve> curves = new ArrayList<>();
    for (Histogram histogram : histograms) {
      List<Curve.Point> points = new ArrayList<>();
      for (int bin : histogram.bins()) {
        double share = histogram.share(bin);
        points.add(new Curve.Point(Curve.Point.NO_EPOCH, Histogram.middle(bin), share, share, share, 1));
      }
      curves.add(new Curve(histogram.label(), curves.size(), false, points));
    }
    double[] x = curves.stream().flatMap(c -> c.points().stream()).mapToDouble(Curve.Point::x).sorted().toArray();
    if (x.length == 0) {
      return Optional.empty();
    }
    double high = curves.stream().flatMap(c -> c.points().stream()).mapToDouble(Curve.Point::mean).max().orElse(1);
    return Optional.of(
        new LineChart(
            id, title, "", "power of ten", Axis.covering(x[0], x[x.length - 1]), Axis.covering(0, high), 4, curves));
  }
}
