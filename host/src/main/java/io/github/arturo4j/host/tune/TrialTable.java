// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.report.Markdown;
import io.github.arturo4j.host.report.TextTable;
import java.util.ArrayList;
import java.util.List;

/** The best trials, a row each, the best first. */
public final class TrialTable {
  private static final int MAX = 10;

  private TrialTable() {}

  private static List<String> header(SearchResults results) {
    List<String> header = new ArrayList<>(List.of("trial"));
    header.addAll(results.space().labels());
    header.addAll(List.of("epochs", results.objective().title(), "in epoch", results.settings().validation().use() + " loss"));
    return header;
  }

  private static List<String> row(SearchResults results, Trial trial) {
    List<String> row = new ArrayList<>(List.of("" + trial.number()));
    trial.values().values().forEach(value -> row.add(Values.text(value)));
    row.add("" + results.rows(trial).size());
    row.add(results.objective().text(trial.score().value()));
    row.add(results.bestEpoch(trial));
    row.add(SearchWording.loss(trial.score().loss()));
    return row;
  }

  /** The first ten, for a console. */
  public static String text(SearchResults results) {
    List<List<String>> lines = new ArrayList<>(List.of(header(results)));
    results.ranking().stream().limit(MAX).forEach(trial -> lines.add(row(results, trial)));
    int others = results.trials().size() - Math.min(MAX, results.ranking().size());
    return TextTable.of(lines) + (others == 0 ? "" : "and " + others + " more in the report\n");
  }

  /** All of them in Markdown. */
  static String markdown(SearchResults results) {
    StringBuilder text = new StringBuilder(Markdown.head(header(results).stream().map(Markdown::escape).toList()));
    results.ranking().forEach(
        trial -> text.append(Markdown.row(row(results, trial).stream().map(Markdown::escape).toList())));
    return text.toString();
  }
}
