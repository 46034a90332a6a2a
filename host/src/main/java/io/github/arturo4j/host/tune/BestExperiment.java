// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.Printable;

/** The experiment of a trial as a file that {@code arturo train} takes: with all values in it, and no section search. */
final class BestExperiment {
  private BestExperiment() {}

  static String text(SearchResults results, Trial best) {
    String found =
        "The best of " + results.trials().size() + " trials" + (results.over() ? "" : " so far") + ": trial " + best.number() + ", "
            + results.objective().words(best.score().value()) + "; " + best.words();
    return comment(found) + comment("Found by: " + results.command()) + Experiments.write(results.space().with(best.values()));
  }

  private static String comment(String text) {
    return "# " + Printable.of(text) + "\n";
  }
}
