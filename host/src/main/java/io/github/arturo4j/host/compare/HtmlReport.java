// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.chart.LineChart;
import io.github.arturo4j.host.chart.Markup;
import io.github.arturo4j.host.chart.Page;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.report.ReportPage;
import io.github.arturo4j.models.metric.Metric;
import java.util.ArrayList;
import java.util.List;

/** A comparison as one {@link ReportPage}. */
final class HtmlReport {
  private final Comparison comparison;
  private final List<String> labels;
  private final ReportPage page;
  private final Markup out;

  private HtmlReport(Comparison comparison) {
    this.comparison = comparison;
    this.labels = comparison.settings().labels();
    this.page =
        new ReportPage(
            comparison.settings().experiment() + ": " + and(labels), Wording.what(comparison), Wording.progress(comparison));
    this.out = page.markup();
  }

  static String of(Comparison comparison) {
    return new HtmlReport(comparison).page();
  }

  private String page() {
    results();
    ResultTable.ofSteps(comparison).ifPresent(steps -> table("Loss after steps", steps, Wording.steps(comparison)));
    failures();
    curves();
    runs();
    provenance();
    return page.end();
  }

  private static String and(List<String> words) {
    int last = words.size() - 1;
    return last == 0 ? words.get(0) : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }

  private void results() {
    ResultTable table = ResultTable.of(comparison);
    String marks = table.hasBest() ? " The best mean of a column is in bold with a bar at its left." : "";
    table("Results", table, Wording.table(comparison) + marks);
  }

  private void table(String title, ResultTable table, String note) {
    page.section(title);
    page.openTable(table.header());
    for (ResultTable.Row row : table.rows()) {
      out.open("tr").open("th", "scope", "row");
      name(row.label());
      out.close().element("td", row.seeds());
      for (ResultTable.Cell cell : row.cells()) {
        out.open("td");
        if (cell.best()) {
          out.element("strong", cell.text());
        } else {
          out.text(cell.text());
        }
        out.close();
      }
      out.close().line();
    }
    page.closeTable();
    out.element("p", note, "class", "note").close().line();
  }

  private void failures() {
    List<Run> failed = comparison.runs(Run.State.FAILED);
    if (!failed.isEmpty()) {
      page.section("Failed runs");
      out.open("ul");
      failed.forEach(run -> out.open("li").element("b", run.name()).text(": " + run.failure()).close().line());
      out.close().close().line();
    }
  }

  private void curves() {
    List<LineChart> charts = new Charts(comparison).all();
    if (charts.isEmpty()) {
      return;
    }
    page.section("Curves");
    out.element("p", Wording.curves(comparison), "class", "note").line();
    out.open("ul", "class", "legend").line();
    for (int i = 0; i < labels.size(); i++) {
      out.open("li");
      name(labels.get(i));
      out.close().line();
    }
    out.close();
    Page.figures(out, charts);
    out.close().line();
  }

  /** A name beside a piece of its line. */
  private void name(String label) {
    LineChart.writeKey(out, labels.indexOf(label));
    out.text(" " + label);
  }

  private void runs() {
    page.section("Runs");
    Metric first = comparison.settings().metrics().getFirst();
    String set = comparison.settings().judgedBy();
    Measure last = Measure.last(first, set);
    Measure best = Measure.best(first, set);
    Measure loss = Measure.lastLoss(set);
    List<Measure> others = comparison.settings().metrics().stream().skip(1).map(m -> Measure.last(m, set)).toList();
    List<String> columns = new ArrayList<>(List.of("optimizer", "seed", "state", "epochs"));
    columns.addAll(List.of(last.title(), best.title(), "in epoch"));
    others.forEach(measure -> columns.add(measure.title()));
    columns.addAll(List.of(loss.title(), "final training loss", "seconds per epoch", "optimizer share, %"));
    page.openTable(columns);
    for (Run run : comparison.runs()) {
      out.open("tr").element("th", run.label(), "scope", "row").element("td", "" + run.seed());
      out.element("td", run.state().toString()).element("td", "" + run.rows().size());
      if (!run.rows().isEmpty()) {
        value(last, run);
        value(best, run);
        out.element("td", "" + run.best(first).epoch());
        others.forEach(measure -> value(measure, run));
        value(loss, run);
        out.element("td", loss.text(run.last().trainLoss()));
        value(Measure.SECONDS, run);
        value(Measure.OPTIMIZER_SHARE, run);
      } else {
        for (int i = 4; i < columns.size(); i++) {
          out.element("td", "–");
        }
      }
      out.close().line();
    }
    page.closeTable();
    out.open("p", "class", "note").text("Each run is in the folder ").element("code", "runs/OPTIMIZER-SEED");
    out.text(" beside this page, with its settings, a row for each epoch, weights and checkpoint.").close();
    out.close().line();
  }

  private void value(Measure measure, Run run) {
    out.element("td", measure.text(measure.of(run)));
  }

  private void provenance() {
    page.provenance(
        comparison.command(), comparison.environment(),
        comparison.settings().trainImages() + "; " + comparison.settings().testImages(), comparison.written());
    out.element("p", "The settings of each optimizer; each run has its own seed.", "class", "note").line();
    out.open("div", "class", "settings").line();
    comparison.settings().optimizers().forEach(
        (label, experiment) ->
            out.open("section").element("h3", label).element("pre", Experiments.write(experiment).strip()).close().line());
    out.close().close().line();
  }
}
