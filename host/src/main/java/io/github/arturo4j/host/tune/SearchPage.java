// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.chart.LineChart;
import io.github.arturo4j.host.chart.Markup;
import io.github.arturo4j.host.chart.Page;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.report.ReportPage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A search as one {@link ReportPage}. */
final class SearchPage {
  private final SearchResults results;
  private final SearchCharts charts;
  private final ReportPage page;
  private final Markup out;

  private SearchPage(SearchResults results) {
    this.results = results;
    charts = new SearchCharts(results);
    String title = results.settings().experiment().name() + ": search for " + String.join(", ", results.space().labels());
    page = new ReportPage(title, SearchWording.what(results), SearchWording.progress(results));
    out = page.markup();
  }

  static String of(SearchResults results) {
    return new SearchPage(results).page();
  }

  private String page() {
    page.section("The best trial");
    out.element("p", SearchWording.best(results)).line();
    page.note(SearchWording.optimism(results));
    page.close();
    values();
    trials();
    failures();
    curves();
    provenance();
    return page.end();
  }

  private void values() {
    page.section("What was tried");
    out.open("ul", "class", "legend").line();
    key("way best", "the best trial");
    key("way q" + (TrialLines.SHADES - 1), "the best fifth");
    key("way q0", "the worst fifth");
    if (!results.failed().isEmpty()) {
      key("way failed", "failed");
    }
    page.close();
    out.open("figure", "class", "scroll", "tabindex", "0");
    TrialLines.of(results).writeTo(out);
    page.close();
    page.note(
        "A line is a trial: what it was tried with, the epochs that it was given, and the best that it came to by then. A trial that"
            + " has failed has no end. A line names its values when a pointer rests on it.");
    page.close();
  }

  private void key(String style, String name) {
    out.open("li").open("svg", "class", "key", "viewBox", "0 0 36 12", "width", "36", "height", "12", "aria-hidden", "true");
    out.open("g", "class", style).empty("polyline", "class", "line", "points", "1,6 35,6").close().close();
    out.text(" " + name).close().line();
  }

  private void trials() {
    page.section("Trials");
    List<String> columns = new ArrayList<>(List.of("trial"));
    columns.addAll(results.space().labels());
    Objective objective = results.objective();
    List<Integer> rungs = results.settings().rungs();
    rungs.forEach(epochs -> columns.add("best " + objective.title() + " of " + epochs + (epochs == 1 ? " epoch" : " epochs")));
    columns.addAll(List.of("in epoch", objective.set() + " loss", "state"));
    page.openTable(columns);
    Stream.concat(results.ranking().stream(), results.trials().stream().filter(trial -> !trial.isScored())).forEach(this::row);
    page.closeTable();
    page.note(
        "The best first. A run of each is in the folder runs beside this page, with its settings, a row for each epoch, weights and"
            + " checkpoint. The values of all trials, with their whole names, are in results.csv.");
    page.close();
  }

  private void row(Trial trial) {
    out.open("tr").element("th", "" + trial.number(), "scope", "row");
    trial.values().values().forEach(value -> out.element("td", Values.text(value)));
    for (int rung = 0; rung < results.settings().rungs().size(); rung++) {
      boolean known = rung < trial.scores().size();
      out.element("td", known ? results.objective().text(trial.scores().get(rung).value()) : "–");
    }
    boolean scored = !trial.scores().isEmpty();
    out.element("td", scored ? results.bestEpoch(trial) : "–");
    out.element("td", scored ? SearchWording.loss(trial.score().loss()) : "–");
    out.element("td", results.state(trial)).close().line();
  }

  private void failures() {
    if (results.failed().isEmpty()) {
      return;
    }
    page.section("Failed trials");
    out.open("ul");
    results.failed().forEach(
        trial ->
            out.open("li").element("b", SearchCharts.name(trial)).text(" (" + trial.words() + "): " + trial.failure()).close().line());
    page.close();
    page.close();
  }

  private void curves() {
    List<LineChart> all = charts.all();
    if (all.isEmpty()) {
      return;
    }
    page.section("Curves");
    page.note("The best trials by name, the others in grey. A point names its values when a pointer rests on it.");
    out.open("ul", "class", "legend").line();
    charts.named().forEach(
        trial -> {
          out.open("li");
          LineChart.writeKey(out, charts.index(trial));
          out.text(" " + SearchCharts.name(trial)).close().line();
        });
    out.close();
    Page.figures(out, all);
    page.close();
  }

  private void provenance() {
    page.provenance(
        results.command(), results.environment(), results.settings().train() + "; " + results.settings().validation(), results.written());
    out.open("div", "class", "settings").line();
    out.open("section").element("h3", "What was tried").open("pre");
    results.settings().search().forEach((path, domain) -> out.text(path + " " + domain.words() + "\n"));
    out.close().close().line();
    out.open("section").element("h3", "The experiment, but for these");
    out.element("pre", Experiments.write(results.settings().experiment()).strip());
    out.close().close().line();
    page.close();
  }
}
