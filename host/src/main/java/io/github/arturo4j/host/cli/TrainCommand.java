// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.config.Experiment;
import io.github.arturo4j.host.config.Experiments;
import io.github.arturo4j.host.run.Position;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.train.DivergedException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code arturo train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains the network of an experiment and leaves a run folder behind.")
final class TrainCommand implements Callable<Integer> {
  /** What may stand beside --resume; the run's configuration says the rest. */
  static final Set<String> WITH_RESUME =
      Set.of(
          "--resume", "--epochs", "--device", "--data", "--metrics-port", "--metrics-address", "--stacktrace",
          "--profile", "--print-kernels", "--cuda-graphs");

  @Parameters(
      paramLabel = "EXPERIMENT",
      arity = "0..1",
      description = "A built-in experiment ('arturo experiments' lists them) or a YAML file of your own.")
  String experiment;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Go on with the run in this folder from its checkpoint, bit for bit, instead of beginning one."
              + " --epochs may be raised.")
  Path resume;

  @Mixin WeightsOption weights;

  @Mixin DataOptions options;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description =
          "Train with this optimizer: arturo, adam, adamw or sgd, with the values of the built-in experiment of the"
              + " network and data set; a file of your own keeps its values for its own optimizer.")
  String optimizer;

  @Mixin OptimizerOptions optimizerOptions;

  @Mixin SizeOptions size;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of weights, order, augmentation and dropout.")
  Long seed;

  @Option(names = "--out", paramLabel = "DIR", description = "The run folder, new or empty (default: runs/NAME-TIME).")
  Path out;

  @Mixin DiagnosticOptions diagnostics;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    diagnostics.check();
    Training training = training();
    Experiment chosen = training.experiment();
    if (training.isDone()) {
      out.printf(
          "Nothing to do: '%s' has all its %d epochs; a greater --epochs goes on%n",
          training.folder(), chosen.epochs());
      out.flush();
      return 0;
    }
    try (StopSignal stop = new StopSignal(out, spec.commandLine().getErr(), () -> goOn(training.folder()));
        TrainingSession session = new TrainingSession(diagnostics, out);
        RunFolder folder = training.open()) {
      out.printf(
          "Training %s on %s: %,d images, classes: %d, epochs: %d, seed %d, optimizer %s, into %s%n",
          chosen.name(), training.device().name(), training.train().count(), training.train().classes(),
          chosen.epochs(), chosen.seed(), chosen.optimizer().label(), folder.path());
      weights.tell(out);
      if (training.from() != null) {
        Position from = training.from().position();
        out.printf("Going on in epoch %d after step %d%n", from.epoch(), from.step());
      }
      Position reached = session.run(training, folder, stop);
      if (reached.epochs() == chosen.epochs()) {
        out.printf("Done: %s%n", folder.path());
        out.flush();
        return 0;
      }
      out.printf(
          "Stopped in epoch %d after step %d; %s%n", reached.epoch(), reached.step(), goOn(folder.path()));
      out.flush();
      return stop.exitCode();
    } catch (DivergedException e) {
      throw e.with(anew(training));
    }
  }

  /** What to do after a training has diverged. */
  private String anew(Training training) {
    String cause = "'" + training.folder() + "' keeps what was before, but --resume would meet the same: train anew with ";
    if (resume == null) {
      return cause + "a smaller rate: " + AnewCommand.of(spec.commandLine().getParseResult(), training.experiment());
    }
    return cause
        + AnewCommand.of(training.config(), options.given(TrainCommand::quoted))
            .map(command -> "a smaller rate: " + command)
            .orElse("the experiment's YAML file and " + training.experiment().optimizer().remedy());
  }

  /** How to go on with a run; null if it has nothing to go on from. */
  private String goOn(Path folder) {
    return RunFolder.hasCheckpoint(folder)
        ? "go on with: arturo train --resume " + quoted(folder.toString()) + options.given(TrainCommand::quoted)
        : null;
  }

  private Training training() {
    if (resume != null) {
      refuseContradictions(spec.commandLine().getParseResult());
      return Training.resume(resume, size.epochs, options);
    }
    if (experiment == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing required parameter: 'EXPERIMENT', or --resume RUN to go on with a run");
    }
    Experiment chosen = chosen();
    String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    Path folder = out == null ? Path.of("runs", chosen.name() + "-" + time) : out;
    return weights.begin(() -> Training.begin(folder, chosen, size.limitTrain, size.limitTest, options));
  }

  private void refuseContradictions(ParseResult given) {
    String found = experiment == null ? null : "EXPERIMENT '" + experiment + "'";
    for (OptionSpec option : given.matchedOptions()) {
      if (!WITH_RESUME.contains(option.longestName())) {
        found = option.longestName();
      }
    }
    if (found != null) {
      throw new Failures.UsageException(
          found + " contradicts --resume: '" + resume
              + "' goes on as its config.yaml says; leave out one of them", null);
    }
  }

  /** A path or another word as a shell takes it. */
  static String quoted(String word) {
    return word.matches("[\\w./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private Experiment chosen() {
    try {
      Experiment found = Experiments.find(experiment, optimizer);
      return found.with(size.epochs, size.batchSize, seed, optimizerOptions.apply(found.optimizer()));
    } catch (IllegalArgumentException e) {
      throw new Failures.UsageException(e.getMessage(), e);
    }
  }
}
