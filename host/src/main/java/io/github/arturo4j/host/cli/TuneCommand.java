// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.collective.Single;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.train.RankLeader;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.host.tune.Domain;
import io.github.arturo4j.host.tune.SearchFolder;
import io.github.arturo4j.host.tune.SearchSettings;
import io.github.arturo4j.host.tune.SearchSpace;
import io.github.arturo4j.host.tune.TrialTraining;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arturo tune}. */
@Command(
    name = "tune",
    mixinStandardHelpOptions = true,
    description = {
      "Searches for an experiment's best values: those of its file's section search, or the optimizer's rate.",
      "Trials are judged by a validation set. The same command with the same --out goes on where it was interrupted; --trials"
          + " may be raised."
    })
final class TuneCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "EXPERIMENT",
      description = "A built-in experiment ('arturo experiments' lists them) or a YAML file of your own.")
  String experiment;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "Train with this optimizer ('arturo optimizers' lists them), as for train.")
  String optimizer;

  @Mixin SearchOptions searchOptions;

  @Mixin WeightsOption weights;

  @Mixin DataOptions options;

  @Mixin OptimizerOptions optimizerOptions;

  @Mixin ExperimentOptions changes;

  @Mixin GroupOptions groups;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of weights, order, augmentation and dropout of every trial, of what is held out, and of the values that are"
              + " tried.")
  Long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder: new, empty, or of this search (default: runs/tune-NAME).")
  Path out;

  @Mixin AutotuneOption autotune;

  @Mixin DiagnosticOptions diagnostics;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (RankOptions.refuses(spec, "start it without mpirun or srun; a server ('serve') tunes on all of its devices")) {
      return ExitCode.USAGE;
    }
    diagnostics.check();
    searchOptions.check();
    Experiment asked = Failures.usage(this::asked);
    Optional<SequencedMap<String, Domain>> section = Failures.usage(() -> SearchSpace.section(experiment));
    SequencedMap<String, Domain> search = section.orElseGet(() -> SearchSpace.ofRate(asked));
    Failures.usage(() -> SearchSpace.of(asked, search)); // before data are read
    Experiment judged = TrialTraining.validated(asked, options.source());
    Path path = out == null ? Path.of("runs", "tune-" + asked.name()) : out;
    TrainingSetup asRuled =
        weights.begin(
            () -> TrainingSetup.of(
                judged, options.source(), changes.size.limitTrain, changes.size.limitTest,
                searchOptions.noTraining ? null : options.findDevice()));
    TrainingSetup training = searchOptions.noTraining ? asRuled : autotune.tuned(asRuled);
    PrintWriter console = spec.commandLine().getOut();
    try (TrainingSession session = new TrainingSession(diagnostics, console, Main.environment(spec), new RankLeader(Single.INSTANCE));
        SearchFolder folder = Failures.usage(() -> SearchFolder.open(path, settings(training, search)))) {
      tell(console, training, folder.search().settings(), path);
      if (section.isEmpty()) {
        console.println("There is no section search in the experiment, so it is the optimizer's rate that is looked for");
      }
      if (asked.validation() == null && judged.validation() != null) {
        console.printf(
            "There is no validation set, so a part of the training examples is held out, --validation %s; the test set is left for"
                + " the end%n",
            judged.validation());
      }
      int begun = folder.search().trials().size();
      if (begun > 0) {
        console.printf("Trials before: %d, of which %d have a score%n", begun, folder.search().ranking().size());
      }
      weights.tell(console);
      SearchRuns runs =
          new SearchRuns(training, folder, OptionWords.commandLine(spec), howToTrain(folder), session, spec.commandLine());
      return searchOptions.noTraining ? runs.report() : runs.make();
    }
  }

  /** The experiment that trials vary, checked as a search that begins checks it. */
  Experiment requested() {
    diagnostics.check();
    searchOptions.check();
    Experiment asked = asked();
    searchOptions.check(asked);
    SearchSpace.of(asked, SearchSpace.section(experiment).orElseGet(() -> SearchSpace.ofRate(asked)));
    return asked;
  }

  private Experiment asked() {
    Experiment found = Experiments.find(experiment, optimizer);
    return groups.apply(changes.apply(found, seed, optimizerOptions.apply(found.optimizer())));
  }

  private SearchSettings settings(TrainingSetup training, SequencedMap<String, Domain> search) {
    return new SearchSettings(
        experiment,
        searchOptions.method,
        searchOptions.trials,
        searchOptions.minEpochs(),
        searchOptions.reduction(),
        training.config().weights(),
        changes.size.limitTrain,
        changes.size.limitTest,
        training.config().environment().get("device"),
        training.config().data().train(),
        training.config().data().judging(),
        search,
        training.config().experiment());
  }

  private static void tell(PrintWriter console, TrainingSetup training, SearchSettings settings, Path path) {
    console.printf(
        "Tuning %s%s: %,d training and %,d validation examples, %s, trials: %d, epochs: %s, into %s%n",
        settings.experiment().name(), training.device() == null ? "" : " on " + training.device().name(),
        training.train().count(), training.judging().count(),
        settings.method(), settings.trials(),
        settings.rungs().stream().map(Object::toString).collect(Collectors.joining(", ")), path);
    settings.search().forEach((value, domain) -> console.printf("Trying %s %s%n", value, domain.words()));
  }

  /** The command that trains the best trial's experiment anew, on the same examples. */
  private String howToTrain(SearchFolder folder) {
    List<String> words = new ArrayList<>(List.of("arturo", "train", folder.best().toString()));
    OptionWords.add(words, "--data", options.data);
    OptionWords.add(words, "--limit-train", changes.size.limitTrain);
    OptionWords.add(words, "--limit-test", changes.size.limitTest);
    OptionWords.add(words, "--weights", weights.path);
    if (weights.replaceHead) {
      words.add("--replace-head");
    }
    return words.stream().map(TrainCommand::quoted).collect(Collectors.joining(" "));
  }
}
