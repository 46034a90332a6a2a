// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.tune.Method;
import io.github.arturo4j.host.tune.SearchSettings;
import picocli.CommandLine.Option;

/** The options on how a search shares out its epochs. */
final class SearchOptions {
  private static final String MIN_EPOCHS = "--min-epochs";
  private static final String REDUCTION = "--reduction-factor";

  @Option(
      names = "--trials",
      paramLabel = "N",
      defaultValue = "27",
      description = "Sets of values to try; the first are the experiment's own (default: ${DEFAULT-VALUE}).")
  int trials;

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      defaultValue = "asha",
      description =
          "asha: all trials begin with few epochs, and the best go on to more (asynchronous successive halving); random: all"
              + " trials have all epochs (default: ${DEFAULT-VALUE}).")
  Method method;

  @Option(
      names = MIN_EPOCHS,
      paramLabel = "N",
      description = "Of asha: epochs that every trial has at least (default: 1).")
  Integer minEpochs;

  @Option(
      names = REDUCTION,
      paramLabel = "N",
      description = "Of asha: one of N trials goes on, to N times the epochs (default: 3).")
  Integer reduction;

  @Option(
      names = "--no-training",
      description =
          "Train nothing, and look for no device: make the folder where there is none, for others to train its trials wherever they"
              + " like, and write the report of those that are there.")
  boolean noTraining;

  /** Throws if there is an option for another method. */
  void check() {
    if (method != Method.asha && (minEpochs != null || reduction != null)) {
      throw new UsageException(
          (minEpochs != null ? MIN_EPOCHS : REDUCTION) + " is for --method asha, and the method is " + method + "; leave out one of them");
    }
  }

  /** Throws if there cannot be so many trials, or rungs, of an experiment. */
  void check(Experiment experiment) {
    SearchSettings.check(trials, minEpochs(), reduction(), experiment.epochs());
  }

  int minEpochs() {
    return minEpochs == null ? 1 : minEpochs;
  }

  int reduction() {
    return reduction == null ? 3 : reduction;
  }
}
