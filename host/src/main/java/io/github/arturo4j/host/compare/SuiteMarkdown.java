// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.report.Markdown;
import java.util.ArrayList;
import java.util.List;

/** A suite as a page of GitHub's Markdown. */
final class SuiteMarkdown {
  private SuiteMarkdown() {}

  static String of(SuiteResults results) {
    StringBuilder text = new StringBuilder();
    results.summary().ifPresent(summary -> summary(text, summary));
    for (SuiteProblem problem : results.problems()) {
      text.append("## ").append(Markdown.escape(problem.name())).append("\n\n");
      text.append(Markdown.escape(Wording.what(problem.comparison()))).append("\n\n");
      for (SuiteProblem.Rate rate : SuiteProblem.Rate.values()) {
        table(text, results.settings().optimizers(), problem, rate);
      }
    }
    text.append(Markdown.escape(results.rates())).append("\n\n");
    return text.append(Markdown.code(results.command())).append('\n').toString();
  }

  private static void summary(StringBuilder text, SuiteSummary summary) {
    for (SuiteProblem.Rate rate : SuiteProblem.Rate.values()) {
      List<SuiteSummary.Row> rows = summary.rows(rate);
      text.append(rate.title).append(":\n\n").append(Markdown.head(summary.header()));
      rows.forEach(row -> text.append(row(List.of(row.optimizer()), SuiteSummary.cells(row, rows))));
      text.append('\n');
    }
    text.append(Markdown.escape(SuiteResults.words(summary))).append("\n\n");
  }

  private static void table(StringBuilder text, List<String> optimizers, SuiteProblem problem, SuiteProblem.Rate rate) {
    ResultTable table = problem.table(optimizers, rate);
    text.append(rate.title).append(":\n\n").append(Markdown.head(SuiteProblem.header(table)));
    for (int i = 0; i < optimizers.size(); i++) {
      ResultTable.Row row = table.rows().get(i);
      text.append(row(List.of(optimizers.get(i), problem.rate(optimizers.get(i), rate), row.seeds()), row.cells()));
    }
    text.append('\n');
  }

  private static String row(List<String> first, List<ResultTable.Cell> cells) {
    List<String> all = new ArrayList<>(first);
    cells.forEach(cell -> all.add(cell.best() ? "**" + cell.text() + "**" : cell.text()));
    return Markdown.row(all);
  }
}
