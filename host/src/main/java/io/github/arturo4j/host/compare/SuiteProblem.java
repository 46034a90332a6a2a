// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How optimizers have done on a problem of a suite.
 *
 * @param name the problem's
 * @param comparison of all optimizers with defaults and tuned rates; what its runs are on the test set is of their last weights
 */
public record SuiteProblem(String name, Comparison comparison) {
  /** Whether an optimizer has its defaults or a tuned rate. */
  enum Rate {
    DEFAULT("Library defaults"),
    TUNED("Tuned rate");

    final String title;

    Rate(String title) {
      this.title = title;
    }
  }

  /** The label of an optimizer with that rate. */
  String label(String optimizer, Rate rate) {
    return rate == Rate.DEFAULT ? optimizer : RateSearch.tuned(comparison.settings(), optimizer);
  }

  /** The rate itself, as text. */
  String rate(String optimizer, Rate rate) {
    double value = comparison.settings().optimizers().get(label(optimizer, rate)).optimizer().initialRate();
    return String.format(Locale.ROOT, "%.3g", value);
  }

  /** The loss after steps, then that at the end. */
  List<Measure> losses() {
    String set = comparison.settings().judgedBy();
    List<Measure> losses = new ArrayList<>(comparison.steps().stream().map(step -> Measure.lossAfter(step, set)).toList());
    losses.add(end());
    return losses;
  }

  /** The loss at the end: on the test set, or if there is none on the validation set. */
  Measure end() {
    return comparison.isTested() ? Measure.testLoss() : Measure.lastLoss(comparison.settings().judgedBy());
  }

  /** The losses and the first metric at the end. */
  List<Measure> measures() {
    List<Measure> all = losses();
    comparison.settings().metrics().forEach(
        metric -> all.add(comparison.isTested() ? Measure.test(metric) : Measure.last(metric, comparison.settings().judgedBy())));
    return all;
  }

  /** The table of the optimizers with that rate. */
  ResultTable table(List<String> optimizers, Rate rate) {
    return ResultTable.of(comparison, optimizers.stream().map(optimizer -> label(optimizer, rate)).toList(), measures());
  }

  /** The header of such a table, with a column for the rate. */
  static List<String> header(ResultTable table) {
    List<String> header = new ArrayList<>(table.header());
    header.add(1, "rate");
    return header;
  }

  /** The mean over the seeds; infinite if a run has failed. */
  double mean(String optimizer, Rate rate, Measure measure) {
    String label = label(optimizer, rate);
    return comparison.runs(label, Run.State.FAILED).isEmpty()
        ? measure.of(comparison.runs(label, Run.State.FINISHED)).mean()
        : Double.POSITIVE_INFINITY;
  }
}
