// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.compare.ComparisonFolder;
import io.github.arturo4j.host.compare.Contestant;
import io.github.arturo4j.host.compare.Settings;
import io.github.arturo4j.host.compare.Suite;
import io.github.arturo4j.host.compare.SuiteFolder;
import io.github.arturo4j.host.compare.SuiteSettings;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.experiment.Variants;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.train.RankLeader;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arturo compare}. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    description = {
      "Trains an experiment with several optimizers and seeds, and writes a report with tables and curves.",
      "With --suite, does so for each experiment of a folder, with every optimizer's defaults and with a tuned rate.",
      "The same command with the same --out goes on where it was interrupted; --epochs may be raised."
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "EXPERIMENT",
      arity = "0..1",
      description = "A built-in experiment ('arturo experiments' lists them) or a YAML file of your own.")
  String experiment;

  @Option(
      names = "--optimizers",
      paramLabel = "NAME",
      split = ",",
      description =
          "The optimizers, separated by commas: names ('arturo optimizers' lists them), or YAML files of your own that"
              + " train the same network on the same data set (default: all for which there are built-in experiments).")
  List<String> optimizers;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      defaultValue = "42,43,44",
      description = "A run of each optimizer for each of these seeds (default: ${DEFAULT-VALUE}).")
  List<Long> seeds;

  @Mixin SuiteOptions suite;

  @Mixin WeightsOption weights;

  @Mixin DataOptions options;

  @Mixin ExperimentOptions changes;

  @Mixin ArturoOptions arturoOptions;

  @Mixin AutotuneOption autotune;

  @Mixin DiagnosticOptions diagnostics;

  @Mixin RankOptions ranks;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder: new, empty, or of this comparison (default: runs/compare-NAME).")
  Path out;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    diagnostics.check();
    return ranks.run(leader -> suite.folder == null ? compare(leader) : suite(leader), options);
  }

  private int compare(RankLeader leader) {
    if (experiment == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required parameter: 'EXPERIMENT', or --suite FOLDER to compare on all experiments of a folder");
    }
    Variants variants = Failures.usage(() -> Experiments.variants(experiment));
    SequencedMap<String, Experiment> contestants = Failures.usage(() -> contestants(variants));
    Experiment first = contestants.firstEntry().getValue();
    Path path = out == null ? Path.of("runs", "compare-" + first.name()) : out;
    TrainingSetup training =
        autotune.tuned(
            weights.begin(
                () -> TrainingSetup.of(
                    first, options.source(), changes.size.limitTrain, changes.size.limitTest, options.findDevice())));
    PrintWriter console = spec.commandLine().getOut();
    try (TrainingSession session = new TrainingSession(diagnostics, console, Main.environment(spec), leader);
        ComparisonFolder folder =
            Failures.usage(
                () -> ComparisonFolder.open(path, settings(variants.given().name(), training, contestants), changes.size.epochs != null))) {
      console.printf(
          "Comparing %s on %s, %s%s: %,d training and %,d %s examples, epochs: %d, into %s%n",
          String.join(", ", contestants.keySet()), first.dataset().label(), training.device().name(),
          ranks.words(leader), training.train().count(), training.judging().count(), folder.settings().judgedBy(),
          first.epochs(), path);
      if (folder.epochsBefore() < first.epochs()) {
        console.printf("Epochs before: %d; all runs go on%n", folder.epochsBefore());
      }
      weights.tell(console);
      String command = OptionWords.commandLine(spec);
      return new ComparisonRuns(training, folder, options.source(), command, session, console, spec.commandLine().getErr()).make();
    }
  }

  private int suite(RankLeader leader) {
    suite.check(spec);
    Suite chosen = Failures.usage(() -> suite.suite(optimizers, found -> changes.apply(found, null, found.optimizer())));
    SuiteSettings settings = new SuiteSettings(List.copyOf(chosen.problems().keySet()), chosen.optimizers(), seeds, chosen.rates());
    Path path = out == null ? Path.of("runs", "suite-" + suite.folder.toAbsolutePath().normalize().getFileName()) : out;
    Devices.Entry device = options.findDevice();
    PrintWriter console = spec.commandLine().getOut();
    try (TrainingSession session = new TrainingSession(diagnostics, console, Main.environment(spec), leader);
        SuiteFolder folder = Failures.usage(() -> SuiteFolder.open(path, settings))) {
      console.printf(
          "Comparing %s on %s, %s, into %s%n", String.join(", ", chosen.optimizers()), String.join(", ", settings.problems()),
          device.name(), path);
      return new SuiteRuns(
              chosen, settings, folder, options.source(), changes.size, device, autotune, OptionWords.commandLine(spec), session, console,
              spec.commandLine().getErr())
          .make();
    }
  }

  /** The experiments, checked as a comparison that begins checks them. */
  Collection<Experiment> requested() {
    diagnostics.check();
    return contestants(Experiments.variants(experiment)).values();
  }

  private SequencedMap<String, Experiment> contestants(Variants variants) {
    SequencedMap<String, Experiment> contestants = new LinkedHashMap<>();
    boolean takesOptions = false;
    if (arturoOptions.mode == ArturoOptions.Variant.ADAPTIVE) {
      throw new InputException("--mode is adaptive, which is compared under a name of its own; give --optimizers arturo,adaptive");
    }
    for (Contestant contestant : Contestant.find(variants, optimizers)) {
      Experiment found = contestant.experiment();
      boolean isArturo = found.optimizer() instanceof ArturoHyperparameters;
      takesOptions |= isArturo;
      contestants.put(
          contestant.label(),
          changes.apply(
              found, null,
              isArturo ? arturoOptions.apply(found.optimizer()) : found.optimizer()));
    }
    if (!takesOptions && arturoOptions.given() != null) {
      throw new InputException(
          arturoOptions.given() + " is for arturo, which is not among --optimizers; leave the option out");
    }
    return contestants;
  }

  private Settings settings(String name, TrainingSetup training, SequencedMap<String, Experiment> contestants) {
    return new Settings(
        name,
        seeds,
        training.config().weights(),
        changes.size.limitTrain,
        changes.size.limitTest,
        training.config().environment().get("device"),
        training.config().data().train(),
        training.config().data().judging(),
        resolved(training, contestants));
  }

  private static SequencedMap<String, Experiment> resolved(
      TrainingSetup training, SequencedMap<String, Experiment> contestants) {
    SequencedMap<String, Experiment> resolved = new LinkedHashMap<>();
    contestants.forEach((label, each) -> resolved.put(label, each.resolved(training.config().known())));
    return resolved;
  }
}
