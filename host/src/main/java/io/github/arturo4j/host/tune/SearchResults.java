// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.run.BestEpoch;
import io.github.arturo4j.host.run.EpochRow;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/**
 * A search as far as it has come.
 *
 * @param trials that have begun, in their order
 * @param ranking those that have a score and have not failed, the best first
 * @param over whether nothing is left to do
 * @param rows the epochs of the trials, by number
 * @param command the command line that makes it
 * @param environment versions and device
 * @param written when
 */
public record SearchResults(
    SearchSettings settings,
    SearchSpace space,
    List<Trial> trials,
    List<Trial> ranking,
    boolean over,
    Map<Integer, List<EpochRow>> rows,
    String command,
    Map<String, String> environment,
    ZonedDateTime written) {
  /** Of a search, now. */
  public static SearchResults of(
      Search search, Map<Integer, List<EpochRow>> rows, String command, Map<String, String> environment) {
    return new SearchResults(
        search.settings(), search.space(), search.trials(), search.ranking(), search.isOver(), rows, command, environment,
        ZonedDateTime.now());
  }

  /** What is searched by. */
  Objective objective() {
    return new Objective(settings.metric(), settings.validation().use());
  }

  /** The epochs of a trial that are done. */
  List<EpochRow> rows(Trial trial) {
    return rows.getOrDefault(trial.number(), List.of());
  }

  /** The epoch that a trial's score is of, as text; empty if it is not known. */
  String bestEpoch(Trial trial) {
    List<EpochRow> scored =
        rows(trial).stream().filter(row -> row.epoch() <= settings.rungs().get(trial.scores().size() - 1)).toList();
    return scored.isEmpty() ? "" : "" + BestEpoch.of(scored, settings.metric()).epoch();
  }

  /** The trials that have failed. */
  List<Trial> failed() {
    return trials.stream().filter(Trial::isFailed).toList();
  }

  /** How far a trial is, in words. */
  String state(Trial trial) {
    if (trial.isFailed()) {
      return "failed";
    }
    return trial.scores().isEmpty() ? "not finished" : trial.scores().size() == settings.rungs().size() ? "finished" : "ended early";
  }
}
