// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.chart.Digits;
import io.github.arturo4j.host.experiment.Experiment;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The sentences of a report. */
final class SearchWording {
  private SearchWording() {}

  /** What was searched. */
  static String what(SearchResults results) {
    SearchSettings settings = results.settings();
    Experiment experiment = settings.experiment();
    return String.format(
        Locale.ROOT, "Network %s on %s, %,d training and %,d validation examples; optimizer %s; %s; seed %d%s.",
        experiment.model().label(), experiment.dataset().label(), settings.train().count(), settings.validation().count(),
        experiment.optimizer().label(), method(settings), experiment.seed(),
        settings.device() == null ? "" : "; device " + settings.device());
  }

  private static String method(SearchSettings settings) {
    List<Integer> rungs = settings.rungs();
    String epochs = rungs.stream().map(Object::toString).collect(Collectors.joining(", "));
    return rungs.size() == 1
        ? "random search, " + epochs + " epochs each"
        : "asynchronous successive halving over " + epochs + " epochs, one trial of " + settings.reduction() + " goes on";
  }

  /** How far the search is; empty if it is over. */
  static String progress(SearchResults results) {
    return results.over()
        ? ""
        : "The search is not over: %d of %d trials have begun, %d have a score."
            .formatted(results.trials().size(), results.settings().trials(), results.ranking().size());
  }

  /** The best trial so far. */
  static String best(SearchResults results) {
    return results.ranking().stream()
        .findFirst()
        .map(
            best ->
                "Trial " + best.number() + ", " + results.objective().words(best.score().value()) + " in epoch "
                    + results.bestEpoch(best) + " of " + results.rows(best).size() + ": " + best.words() + ".")
        .orElse("No trial has a score.");
  }

  /** What choosing does to a number. */
  static String optimism(SearchResults results) {
    return "The best epoch of each trial and the best trial were chosen on the " + results.settings().validation().use()
        + " set, so that their numbers there are optimistic; no trial has looked at a test set.";
  }

  static String loss(double loss) {
    return loss < 1e5 ? String.format(Locale.ROOT, "%.4f", loss) : Digits.text(loss);
  }
}
