// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.Fingerprint;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.run.Scores;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Searches of made-up trials. */
final class Searches {
  private static final Experiment ADAM = Experiments.find("fmnist_cnn", "adam");

  private Searches() {}

  static SearchSettings settings(int trials, int epochs) {
    return settings(trials, epochs, SearchSpace.ofRate(ADAM));
  }

  static SearchSettings settings(int trials, int epochs, SequencedMap<String, Domain> search) {
    return new SearchSettings(
        "fmnist_cnn", Method.asha, trials, 1, 3, null, null, null, "jvm JVM", new Fingerprint(54_000, "training", 1),
        new Fingerprint(6_000, "validation", 2), search,
        ADAM.change().epochs(epochs).validation(0.1).build());
  }

  /** Of a rate, a choice, and a choice of sections. */
  static SequencedMap<String, Domain> three() {
    SequencedMap<String, Domain> domains = new LinkedHashMap<>(SearchSpace.ofRate(ADAM));
    domains.put("batchSize", new Choice(List.of(32, 64, 255)));
    domains.put("schedule", new Choice(List.of(Map.of("name", "constant"), Map.of("name", "cosine"))));
    return domains;
  }

  /**
   * A search of nine trials to its end, or to a number of events; the third one fails.
   *
   * @param failure what it fails of
   */
  static SearchResults results(SequencedMap<String, Domain> domains, int maxEvents, String failure) {
    List<SearchEvent> events = new ArrayList<>();
    Search search = new Search(settings(9, 9, domains), List.of(), events::add);
    Map<Integer, List<EpochRow>> rows = new HashMap<>();
    while (!search.isOver() && events.size() < maxEvents) {
      Assignment what = search.next().orElseThrow();
      if (events.size() == maxEvents) {
        break;
      }
      if (what.trial() == 3) {
        search.failed(what, failure);
      } else {
        List<EpochRow> done = new ArrayList<>();
        for (int epoch = 1; epoch <= search.epochs(what.rung()); epoch++) {
          done.add(row(epoch, 0.5 + what.trial() * 0.04 + epoch * 0.005));
        }
        rows.put(what.trial(), done);
        search.scored(what, new Score(done.getLast().judged().metric("accuracy"), done.getLast().judgedLoss()));
      }
    }
    return new SearchResults(
        search.settings(), search.space(), search.trials(), search.ranking(), search.isOver(), rows, "arturo tune 'a b'",
        Map.of("java", "25"), ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC));
  }

  private static EpochRow row(int epoch, double accuracy) {
    Scores scores = new Scores(1 - accuracy, new TreeMap<>(Map.of("accuracy", accuracy)));
    return new EpochRow(epoch, .1, scores, scores, 3, 1, 1, Double.NaN, Double.NaN, Double.NaN, 0, JudgingSet.validation);
  }
}
