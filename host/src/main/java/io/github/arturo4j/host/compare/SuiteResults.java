// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A suite as far as it has come.
 *
 * @param problems whose comparison has begun
 * @param command the command line that makes it
 * @param environment versions and device
 * @param written when
 */
public record SuiteResults(
    SuiteSettings settings, List<SuiteProblem> problems, String command, Map<String, String> environment, ZonedDateTime written) {
  /** The summary over the problems that are over; nothing if none is. */
  Optional<SuiteSummary> summary() {
    List<SuiteProblem> over = problems.stream().filter(problem -> problem.comparison().isOver()).toList();
    return over.isEmpty() ? Optional.empty() : Optional.of(new SuiteSummary(settings.optimizers(), over));
  }

  /** What the summary holds. */
  static String words(SuiteSummary summary) {
    return "Geometric means over " + summary.problems().size() + " problems of an optimizer's loss in proportion to that of "
        + summary.reference() + " with a tuned rate: below 1 is better. After steps it is the loss on the validation set, at the end that"
        + " on the test set, of the last weights. ∞ is of an optimizer of which a run has failed. The last column counts the problems on"
        + " which it ends with the lowest mean loss of all with the same kind of rate.";
  }

  /** How the rates were chosen. */
  String rates() {
    return settings.rates() == 1
        ? "No rate was tuned."
        : "A tuned rate is that of " + settings.rates() + " with the lowest loss on the validation set at the end of a training with seed "
            + settings.seeds().getFirst() + "; they make steps shorter and longer than the default by factors of √10.";
  }

  /** How far it is; empty if it is done. */
  String progress() {
    long over = problems.stream().filter(problem -> problem.comparison().isOver()).count();
    return over == settings.problems().size() ? "" : over + " of " + settings.problems().size() + " problems are done.";
  }
}
