// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.report.Csv;
import java.util.List;
import java.util.Locale;

/** A suite as comma-separated values: a row for each problem, optimizer, kind of rate and measure. */
final class SuiteCsv {
  private SuiteCsv() {}

  static String of(SuiteResults results) {
    StringBuilder text =
        new StringBuilder(Csv.line(List.of("problem", "optimizer", "rates", "rate", "measure", "mean", "deviation", "finished", "failed")));
    for (SuiteProblem problem : results.problems()) {
      for (SuiteProblem.Rate rate : SuiteProblem.Rate.values()) {
        for (String optimizer : results.settings().optimizers()) {
          String label = problem.label(optimizer, rate);
          List<Run> finished = problem.comparison().runs(label, Run.State.FINISHED);
          int failed = problem.comparison().runs(label, Run.State.FAILED).size();
          for (Measure measure : problem.measures()) {
            Summary summary = measure.of(finished);
            text.append(
                Csv.line(
                    List.of(
                        problem.name(), optimizer, rate.name().toLowerCase(Locale.ROOT), problem.rate(optimizer, rate), measure.title(),
                        Csv.number(summary.mean()), Csv.number(summary.deviation()), "" + finished.size(), "" + failed)));
          }
        }
      }
    }
    return text.toString();
  }
}
