// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.compare.Suite;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The options of a comparison on many problems. */
final class SuiteOptions {
  /** What is one network's, or one optimizer's. */
  private static final Set<String> OF_ONE = Set.of("--weights", "--replace-head", "--mode", "--kl-bound");

  @Option(
      names = "--suite",
      paramLabel = "FOLDER",
      description =
          "Compare on each experiment of this folder, *.yaml: every optimizer with its defaults, and with the best of a few rates"
              + " (default of --out: runs/suite-NAME).")
  Path folder;

  @Option(
      names = "--rates",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "With --suite: rates that are tried of each optimizer on each problem, its default in their middle; 1 for no tuning"
              + " (default: ${DEFAULT-VALUE}).")
  int rates;

  /** Throws if something is given that does not go with a suite. */
  void check(CommandSpec spec) {
    if (!spec.commandLine().getParseResult().matchedPositionals().isEmpty()) {
      throw new UsageException("EXPERIMENT and --suite '" + folder + "' are both given; leave out one of them");
    }
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (OF_ONE.contains(option.longestName())) {
        throw new UsageException(option.longestName() + " is for one experiment, not for --suite '" + folder + "'; leave it out");
      }
    }
  }

  /**
   * The suite.
   *
   * @param optimizers names; null for all
   * @param changes made to each experiment
   */
  Suite suite(List<String> optimizers, UnaryOperator<Experiment> changes) {
    SequencedMap<String, Experiment> problems = new LinkedHashMap<>();
    Suite.problems(folder).forEach((name, problem) -> problems.put(name, changes.apply(problem)));
    return new Suite(problems, optimizers == null ? Optimizers.names() : optimizers, rates);
  }
}
