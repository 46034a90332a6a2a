// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.report.Csv;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.models.metric.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The runs of a comparison as comma-separated values (RFC 4180), a row each; fields without a value are empty. */
final class ResultsCsv {
  private static final List<String> RUN = List.of("optimizer", "seed", "state", "epochs");
  private static final List<String> REST = List.of("seconds_per_epoch", "optimizer_share", "skipped_steps", "failure");

  private ResultsCsv() {}

  static String of(Comparison comparison) {
    List<String> metrics = comparison.settings().metrics().stream().map(Metric::name).toList();
    List<Integer> steps = comparison.steps();
    List<String> columns = columns(metrics, comparison.settings().judgedBy(), steps, comparison.isTested());
    StringBuilder text = new StringBuilder(Csv.line(columns));
    comparison.runs().forEach(
        run -> text.append(Csv.line(row(run, comparison.settings().metrics(), steps, comparison.isTested(), columns.size()))));
    return text.toString();
  }

  private static List<String> columns(List<String> metrics, String set, List<Integer> steps, boolean tested) {
    List<String> columns = new ArrayList<>(RUN);
    columns.addAll(List.of("final_" + set + "_" + metrics.getFirst(), "best_" + set + "_" + metrics.getFirst(), "best_epoch"));
    metrics.stream().skip(1).forEach(name -> columns.add("final_" + set + "_" + name));
    columns.add("final_" + set + "_loss");
    metrics.forEach(name -> columns.add("final_train_" + name));
    columns.add("final_train_loss");
    steps.forEach(step -> columns.add(set + "_loss_after_step_" + step));
    if (tested) {
      metrics.forEach(name -> columns.add("test_" + name));
      columns.add("test_loss");
    }
    columns.addAll(REST);
    return columns;
  }

  private static List<String> row(Run run, List<Metric> metrics, List<Integer> steps, boolean tested, int columns) {
    List<String> row =
        new ArrayList<>(List.of(run.label(), "" + run.seed(), run.state().toString(), "" + run.rows().size()));
    if (run.rows().isEmpty()) {
      row.addAll(Collections.nCopies(columns - row.size() - 1, ""));
      row.add(run.failure());
      return row;
    }
    EpochRow best = run.best(metrics.getFirst());
    String first = metrics.getFirst().name();
    row.add(Csv.number(run.last().judged().metric(first)));
    row.add(Csv.number(best.judged().metric(first)));
    row.add("" + best.epoch());
    metrics.stream().skip(1).forEach(metric -> row.add(Csv.number(run.last().judged().metric(metric.name()))));
    row.add(Csv.number(run.last().judgedLoss()));
    metrics.forEach(metric -> row.add(Csv.number(run.last().train().metric(metric.name()))));
    row.add(Csv.number(run.last().trainLoss()));
    steps.forEach(step -> row.add(Csv.number(run.lossAfter(step))));
    if (tested) {
      metrics.forEach(metric -> row.add(Csv.number(run.onTest().metric(metric.name()))));
      row.add(Csv.number(run.onTest().loss()));
    }
    row.add(Csv.number(run.secondsPerEpoch()));
    row.add(Csv.number(run.optimizerShare()));
    row.add("" + run.last().skippedSteps());
    row.add(run.failure());
    return row;
  }
}
