// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.chart.LineChart;
import io.github.arturo4j.host.chart.Markup;
import io.github.arturo4j.host.chart.Page;
import io.github.arturo4j.host.report.ReportPage;
import java.util.List;
import java.util.stream.Stream;

/** A suite as one {@link ReportPage}. */
final class SuitePage {
  private static final String SPREAD = " ± ";

  private final SuiteResults results;
  private final List<String> optimizers;
  private final ReportPage page;
  private final Markup out;

  private SuitePage(SuiteResults results) {
    this.results = results;
    this.optimizers = results.settings().optimizers();
    this.page =
        new ReportPage(
            "Optimizers on " + results.settings().problems().size() + " problems",
            "Each optimizer with its library defaults and with a tuned rate; " + results.settings().seeds().size() + " seeds. "
                + results.rates(),
            results.progress());
    this.out = page.markup();
  }

  static String of(SuiteResults results) {
    return new SuitePage(results).page();
  }

  private String page() {
    results.summary().ifPresent(this::summary);
    results.problems().forEach(this::problem);
    String examples = String.join(", ", results.settings().problems());
    page.provenance(results.command(), results.environment(), examples, results.written());
    page.note("The comparisons of each problem are in the folders PROBLEM/tuning and PROBLEM/comparison beside this page.");
    page.close();
    return page.end();
  }

  private void summary(SuiteSummary summary) {
    page.section("All problems");
    page.openTable(summary.header());
    int columns = summary.header().size();
    for (SuiteProblem.Rate rate : SuiteProblem.Rate.values()) {
      group(rate, columns);
      List<SuiteSummary.Row> rows = summary.rows(rate);
      for (SuiteSummary.Row row : rows) {
        name(row.optimizer());
        cells(SuiteSummary.cells(row, rows));
      }
    }
    page.closeTable();
    page.note(SuiteResults.words(summary));
    page.close();
  }

  private void problem(SuiteProblem problem) {
    page.section(problem.name());
    page.note(Wording.what(problem.comparison()) + " " + Wording.progress(problem.comparison()));
    List<String> header = SuiteProblem.header(problem.table(optimizers, SuiteProblem.Rate.DEFAULT));
    page.openTable(header);
    for (SuiteProblem.Rate rate : SuiteProblem.Rate.values()) {
      group(rate, header.size());
      ResultTable table = problem.table(optimizers, rate);
      for (int i = 0; i < optimizers.size(); i++) {
        name(optimizers.get(i));
        out.element("td", problem.rate(optimizers.get(i), rate)).element("td", table.rows().get(i).seeds());
        cells(table.rows().get(i).cells());
      }
    }
    page.closeTable();
    Page.figures(
        out, Stream.of(SuiteProblem.Rate.values()).map(rate -> SuiteCharts.of(problem, optimizers, rate)).toList());
    page.close();
  }

  /** A row above those with a kind of rate. */
  private void group(SuiteProblem.Rate rate, int columns) {
    out.open("tr", "class", "group").element("th", rate.title, "scope", "rowgroup");
    for (int i = 1; i < columns; i++) {
      out.element("td", "");
    }
    out.close().line();
  }

  /** Begins a row. */
  private void name(String optimizer) {
    out.open("tr").open("th", "scope", "row");
    LineChart.writeKey(out, optimizers.indexOf(optimizer));
    out.text(" " + optimizer).close();
  }

  /** Ends a row. Deviations stand below their means: side by side, the columns of some problems are wider than a page. */
  private void cells(List<ResultTable.Cell> cells) {
    for (ResultTable.Cell cell : cells) {
      int mean = cell.text().contains(SPREAD) ? cell.text().indexOf(SPREAD) : cell.text().length();
      out.open("td").element(cell.best() ? "strong" : "span", cell.text().substring(0, mean));
      if (mean < cell.text().length()) {
        out.element("small", cell.text().substring(mean));
      }
      out.close();
    }
    out.close().line();
  }
}
