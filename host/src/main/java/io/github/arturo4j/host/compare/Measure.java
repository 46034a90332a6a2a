// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.chart.Digits;
import io.github.arturo4j.models.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleToIntFunction;
import java.util.function.ToDoubleFunction;

/**
 * What is measured of a run, and how it is written.
 *
 * @param title of its column
 * @param better which of two values is the better one
 * @param value of a run
 * @param digits after the point, for values of a size
 */
record Measure(String title, Better better, ToDoubleFunction<Run> value, DoubleToIntFunction digits) {
  static final Measure SECONDS =
      new Measure(
          "seconds per epoch", Better.LOWER, Run::secondsPerEpoch, value -> value < 1 ? 3 : value < 100 ? 2 : 1);

  static final Measure OPTIMIZER_SHARE =
      new Measure("optimizer share, %", Better.NEITHER, run -> 100 * run.optimizerShare(), value -> 1);

  /** Which of two values is the better one. */
  enum Better {
    HIGHER,
    LOWER,
    NEITHER
  }

  /** The loss after the last epoch, on that set. */
  static Measure lastLoss(String set) {
    return loss("final " + set + " loss", run -> run.last().judgedLoss());
  }

  /** The loss after a step, on that set. */
  static Measure lossAfter(int step, String set) {
    return loss(set + " loss after step " + step, run -> run.lossAfter(step));
  }

  /** A metric after the last epoch, on that set. */
  static Measure last(Metric metric, String set) {
    return of("final " + set, metric, run -> run.last().judged().metric(metric.name()));
  }

  /** A metric after the epoch in which it was best, on that set. */
  static Measure best(Metric metric, String set) {
    return of("best " + set, metric, run -> run.best(metric).judged().metric(metric.name()));
  }

  /** A metric on the test set that no training has looked at. */
  static Measure test(Metric metric) {
    return of("test", metric, run -> run.onTest().metric(metric.name()));
  }

  /** The loss there. */
  static Measure testLoss() {
    return loss("test loss", run -> run.onTest().loss());
  }

  private static Measure loss(String title, ToDoubleFunction<Run> value) {
    return new Measure(title, Better.LOWER, value, size -> size < 100 ? 4 : 0);
  }

  private static Measure of(String which, Metric metric, ToDoubleFunction<Run> value) {
    Better better = metric.higherIsBetter() ? Better.HIGHER : Better.LOWER;
    String title = which + " " + metric.title();
    return metric.isShare()
        ? new Measure(title + ", %", better, run -> 100 * value.applyAsDouble(run), size -> 2)
        : new Measure(title, better, value, Digits::of);
  }

  /**
   * Those of a comparison: the first of its metrics after the last and after the best epoch, the others, the loss; all of them on
   * a test set for the end, of the best epoch's weights; and time.
   */
  static List<Measure> of(Comparison comparison) {
    List<Metric> metrics = comparison.settings().metrics();
    String set = comparison.settings().judgedBy();
    List<Measure> measures = new ArrayList<>(List.of(last(metrics.getFirst(), set), best(metrics.getFirst(), set)));
    metrics.stream().skip(1).map(metric -> last(metric, set)).forEach(measures::add);
    measures.add(lastLoss(set));
    if (comparison.isTested()) {
      metrics.stream().map(Measure::test).forEach(measures::add);
      measures.add(testLoss());
    }
    measures.addAll(List.of(SECONDS, OPTIMIZER_SHARE));
    return measures;
  }

  double of(Run run) {
    return value.applyAsDouble(run);
  }

  Summary of(List<Run> runs) {
    return Summary.of(runs.stream().mapToDouble(value).toArray());
  }

  /** The value as text; a dash for none. */
  String text(double number) {
    return text(number, number);
  }

  /** Mean ± standard deviation; the mean alone where a deviation is not defined. */
  String text(Summary summary) {
    return text(summary.mean(), summary.mean())
        + (Double.isNaN(summary.deviation()) ? "" : " ± " + text(summary.deviation(), summary.mean()));
  }

  private String text(double number, double size) {
    return Double.isNaN(number) ? "–" : String.format(Locale.ROOT, "%." + digits.applyAsInt(size) + "f", number);
  }

  /** The best of the means; NaN if there is none to choose. */
  double best(List<Summary> summaries) {
    double[] means = summaries.stream().mapToDouble(Summary::mean).filter(mean -> !Double.isNaN(mean)).toArray();
    if (means.length < 2 || better == Better.NEITHER) {
      return Double.NaN;
    }
    double best = means[0];
    for (double mean : means) {
      best = better == Better.HIGHER ? Math.max(best, mean) : Math.min(best, mean);
    }
    return best;
  }
}
