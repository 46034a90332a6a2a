// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.report.Csv;
import java.util.ArrayList;
import java.util.List;

/** The trials of a search as comma-separated values, a row each in the order in which they began. */
final class TrialsCsv {
  private TrialsCsv() {}

  static String of(SearchResults results) {
    StringBuilder text = new StringBuilder(Csv.line(columns(results)));
    results.trials().forEach(trial -> text.append(Csv.line(row(results, trial))));
    return text.toString();
  }

  private static List<String> columns(SearchResults results) {
    String set = results.settings().validation().use() + "_";
    String metric = results.settings().metric().name();
    List<String> columns = new ArrayList<>(List.of("trial"));
    results.space().dimensions().forEach(dimension -> columns.add(dimension.path()));
    columns.addAll(List.of("state", "epochs", "best_" + set + metric, "best_epoch", set + "loss"));
    results.settings().rungs().forEach(epochs -> columns.add("best_" + set + metric + "_of_" + epochs));
    columns.add("failure");
    return columns;
  }

  private static List<String> row(SearchResults results, Trial trial) {
    List<String> row = new ArrayList<>(List.of("" + trial.number()));
    trial.values().values().forEach(value -> row.add(Values.text(value)));
    row.addAll(List.of(results.state(trial), "" + results.rows(trial).size()));
    boolean scored = !trial.scores().isEmpty();
    row.add(scored ? Csv.number(trial.score().value()) : "");
    row.add(scored ? results.bestEpoch(trial) : "");
    row.add(scored ? Csv.number(trial.score().loss()) : "");
    for (int rung = 0; rung < results.settings().rungs().size(); rung++) {
      row.add(rung < trial.scores().size() ? Csv.number(trial.scores().get(rung).value()) : "");
    }
    row.add(trial.failure());
    return row;
  }
}
