// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.experiment.LossText;
import io.github.arturo4j.host.experiment.RateOption;
import io.github.arturo4j.host.experiment.ScheduleText;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.spec.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command that trains a diverged experiment anew, into a folder of its own, with a more careful optimizer. */
final class AnewCommand {
  private static final Set<String> REPLACED = Set.of("--out", "--run", "--mode", "--kl-bound", "--learning-rate");

  /** The part of a rate to try where the published one is no smaller. */
  private static final double PART = 0.1;

  private AnewCommand() {}

  /** That of a training which began with this command line. */
  static String of(ParseResult given, Experiment diverged) {
    List<String> words = new ArrayList<>();
    given.matchedPositionals().forEach(parameter -> words.addAll(parameter.originalStringValues()));
    for (OptionSpec option : given.matchedOptions()) {
      if (!REPLACED.contains(option.longestName())) {
        words.add(option.longestName());
        words.addAll(option.arity().max() == 0 ? List.of() : option.originalStringValues());
      }
    }
    return command(words, careful(diverged));
  }

  /**
   * That of a training which went on as its configuration says; empty if the experiment is not a built-in one with other
   * options.
   *
   * @param more options, as they stand on a command line
   */
  static Optional<String> of(RunConfig config, String more) {
    Experiment diverged = config.experiment();
    if (!Experiments.NAMES.contains(diverged.name())) {
      return Optional.empty();
    }
    Experiment builtIn = Experiments.find(diverged.name());
    OptimizerConfig optimizer = withOptionsOf(diverged.optimizer(), builtIn.optimizer());
    Experiment changed =
        builtIn
            .change()
            .epochs(diverged.epochs())
            .batchSize(diverged.batchSize())
            .seed(diverged.seed())
            .optimizer(optimizer)
            .schedule(diverged.schedule())
            .microBatch(diverged.microBatch())
            .clipping(diverged.clipping())
            .groups(diverged.groups())
            .loss(diverged.loss())
            .metrics(diverged.metrics())
            .initialization(diverged.initialization())
            .validation(diverged.validation())
            .patience(diverged.patience())
            .trainEvaluation(diverged.trainEvaluation())
            .evaluateAt(diverged.evaluateAt())
            .build();
    if (!diverged.equals(changed)) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(List.of(diverged.name()));
    OptionWords.add(words, "--epochs", diverged.epochs());
    OptionWords.add(words, "--batch-size", diverged.batchSize());
    OptionWords.add(words, "--seed", diverged.seed());
    if (!diverged.schedule().equals(builtIn.schedule())) {
      words.addAll(ScheduleText.options(diverged.schedule()));
    }
    words.addAll(StepOptions.options(diverged));
    words.addAll(GroupOptions.options(diverged.groups() == null ? List.of() : diverged.groups()));
    words.addAll(LossText.options(diverged));
    words.addAll(InitializationOption.options(diverged));
    words.addAll(ValidationOptions.options(diverged));
    OptionWords.add(words, "--limit-train", config.limitTrain());
    OptionWords.add(words, "--limit-test", config.limitTest());
    OptionWords.add(words, "--weights", config.weights() == null ? null : config.weights().file());
    if (config.weights() != null && config.weights().headReplaced() != null) {
      words.add("--replace-head");
    }
    OptionWords.add(words, "--data", config.data() == null ? null : config.data().folder());
    return Optional.of(command(words, careful(diverged)) + more);
  }

  /** An optimizer with what the command line can change as in another one. */
  private static OptimizerConfig withOptionsOf(OptimizerConfig other, OptimizerConfig optimizer) {
    OptimizerConfig same =
        optimizer instanceof ArturoHyperparameters arturo && other instanceof ArturoHyperparameters its
            ? arturo.withMode(its.mode())
            : optimizer;
    return same.withInitialRate(other.initialRate());
  }

  /** With the published rate if that is smaller, else with a part of its own; robust mode may keep the published one. */
  private static OptimizerConfig careful(Experiment diverged) {
    OptimizerConfig optimizer = diverged.optimizer();
    double published = usual(diverged.model(), optimizer.name()).initialRate();
    double rate = optimizer.initialRate();
    if (optimizer instanceof ArturoHyperparameters arturo && arturo.mode() == Mode.PAPER) {
      return arturo.withMode(Mode.ROBUST).withInitialRate(Math.min(published, rate));
    }
    return optimizer.withInitialRate(published < rate ? published : PART * rate);
  }

  /** The published values, or the defaults of a network that has none. */
  private static OptimizerConfig usual(Model model, String optimizer) {
    return Experiments.NAMES.contains(model.label())
        ? Experiments.find(model.label(), optimizer).optimizer()
        : Optimizers.defaults(optimizer);
  }

  private static String command(List<String> words, OptimizerConfig careful) {
    if (careful instanceof ArturoHyperparameters arturo) {
      OptionWords.add(words, "--mode", arturo.mode());
    }
    String rate = String.format(Locale.ROOT, "%.3g", careful.initialRate());
    OptionWords.add(words, RateOption.of(careful), Double.valueOf(rate));
    return "arturo train " + words.stream().map(TrainCommand::quoted).collect(Collectors.joining(" "));
  }
}
