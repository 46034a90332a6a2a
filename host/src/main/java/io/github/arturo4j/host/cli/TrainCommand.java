// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.run.RunFolders;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.train.DivergedException;
import io.github.arturo4j.host.train.RankLeader;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.host.train.TrainingSetup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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
          "--events", "--tensorboard", "--profile", "--print-kernels", "--cuda-graphs", "--stop-code",
          "--until-epoch", "--linalg", "--precision", "--mpi-library", "--collective-timeout");

  /** What of these the configuration of a run tells. */
  private static final Set<String> KNOWN_TO_THE_RUN = Set.of("--resume", "--epochs", "--data");

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

  @Mixin RunOption runOption;

  @Mixin WeightsOption weights;

  @Mixin DataOptions options;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description =
          "Train with this optimizer ('arturo optimizers' lists them), with the values of the built-in experiment of the"
              + " network and data set, or where there is none its defaults; a file of your own keeps its values for its"
              + " own optimizer.")
  String optimizer;

  @Mixin OptimizerOptions optimizerOptions;

  @Mixin ExperimentOptions changes;

  @Mixin GroupOptions groups;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of weights, order, augmentation and dropout.")
  Long seed;

  @Option(names = "--out", paramLabel = "DIR", description = "The run folder, new or empty (default: runs/NAME-TIME).")
  Path out;

  @Mixin AutotuneOption autotune;

  @Mixin DiagnosticOptions diagnostics;

  @Mixin RankOptions ranks;

  @Spec CommandSpec spec;

  private RankLeader leader;

  /** The run's folder; null before there is one. A signal's handler reads it. */
  private volatile Path run;

  @Override
  public Integer call() {
    diagnostics.check();
    runOption.check(out, resume);
    return ranks.run(this::lead, options);
  }

  private int lead(RankLeader chosen) {
    leader = chosen;
    if (runOption.folder != null) {
      return beginOrGoOn();
    }
    return resume == null ? begin() : goOn();
  }

  private int beginOrGoOn() {
    try (TrainingJob job = TrainingJob.beginOrResume(runOption.open(), this::beginning, this::goingOn)) {
      return goOn(job);
    }
  }

  private int begin() {
    TrainingSetup setup = beginning();
    try (StopSignal stop = stopSignal();
        TrainingSession session = new TrainingSession(diagnostics, spec.commandLine().getOut(), Main.environment(spec), leader);
        TrainingJob job = TrainingJob.begin(create(setup.config()), setup)) {
      return train(runOption.limited(job), session, stop);
    }
  }

  private TrainingSetup beginning() {
    if (experiment == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing required parameter: 'EXPERIMENT', or --resume RUN to go on with a run");
    }
    Experiment chosen = chosen();
    return autotune.tuned(
        weights.begin(
            () -> TrainingSetup.of(
                chosen, options.source(), changes.size.limitTrain, changes.size.limitTest, options.findDevice())))
        .dividedAmong(leader.ranks().size());
  }

  private RunFolder create(RunConfig config) {
    try {
      if (out != null) {
        return RunFolders.create(out, config);
      }
      String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
      return RunFolders.createUnique(Path.of("runs", config.experiment().name() + "-" + time), config);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private int goOn() {
    refuseContradictions("--resume", resume);
    try (TrainingJob job = TrainingJob.resume(RunFolders.open(resume), this::goingOn)) {
      return goOn(job);
    }
  }

  private TrainingSetup goingOn(RunConfig before) {
    if (runOption.folder != null && experiment != null) {
      runOption.check(before, chosen(), changes.size, weights.path);
    } else if (runOption.folder != null) {
      refuseContradictions("--run without EXPERIMENT", runOption.folder);
    }
    return TrainingSetup.of(before, changes.size.epochs, options.source(), options.findDevice())
        .dividedAmong(leader.ranks().size());
  }

  private int goOn(TrainingJob job) {
    if (runOption.limited(job).isDone()) {
      job.run();
      PrintWriter out = spec.commandLine().getOut();
      out.println(runOption.whyDone(job));
      out.flush();
      return 0;
    }
    run = job.path();
    try (StopSignal stop = stopSignal();
        TrainingSession session = new TrainingSession(diagnostics, spec.commandLine().getOut(), Main.environment(spec), leader)) {
      return train(job, session, stop);
    }
  }

  private StopSignal stopSignal() {
    return new StopSignal(
        spec.commandLine().getOut(),
        spec.commandLine().getErr(),
        () -> run != null && RunReader.hasCheckpoint(run) ? howToGoOn() : null,
        diagnostics.stopCode,
        leader.ranks().size() > 1);
  }

  private int train(TrainingJob job, TrainingSession session, StopSignal stop) {
    PrintWriter out = spec.commandLine().getOut();
    TrainingSetup setup = job.setup();
    Experiment chosen = setup.config().experiment();
    DataSchema data = setup.config().known();
    run = job.path();
    out.printf(
        "Training %s on %s%s: %,d %s, %s: %d, epochs: %d, seed %d, optimizer %s, into %s%n",
        chosen.name(), setup.device().name(), ranks.words(leader), setup.train().count(), data.words(), data.outputWords(), data.outputs(),
        chosen.epochs(), chosen.seed(), chosen.optimizer().label(), run);
    if (job.from().isEmpty()) {
      weights.tell(out);
    }
    job.from().ifPresent(from -> out.printf("Going on in epoch %d after step %d%n", from.epoch(), from.step()));
    notes(job).forEach(out::println);
    TrainingResult result;
    try {
      result = session.run(job, stop);
    } catch (DivergedException e) {
      throw new DivergedException(e.what(), anew(setup.config()));
    }
    if (result.finished()) {
      out.printf("Done: %s%n", run);
      out.flush();
      return 0;
    }
    TrainingPosition reached = result.position();
    out.printf("Stopped in epoch %d after step %d; %s%n", reached.epoch(), reached.step(), howToGoOn());
    out.flush();
    return stop.exitCode();
  }

  /** What tells a training from others of this version here, a line each: where it began, and what its metrics are in. */
  static List<String> notes(TrainingJob job) {
    List<String> notes = new ArrayList<>();
    job.difference()
        .map(what -> "It began elsewhere (" + what + "), so its numbers will not be, bit for bit, those without a stop")
        .ifPresent(notes::add);
    if (job.tellsDeviations()) {
      notes.add(
          "Its metrics stay in standard deviations of the target, as an earlier version began them; 'arturo evaluate' tells"
              + " them in the target's unit");
    }
    return notes;
  }

  /** What to do after a training has diverged. */
  private String anew(RunConfig config) {
    String cause = "'" + run + "' keeps what was before, but --resume would meet the same: train anew with ";
    if (experiment != null) {
      return cause + "a smaller rate: " + AnewCommand.of(spec.commandLine().getParseResult(), config.experiment());
    }
    return cause
        + AnewCommand.of(config, given(KNOWN_TO_THE_RUN))
            .map(command -> "a smaller rate: " + command)
            .orElse("the experiment's YAML file and " + config.experiment().remedy());
  }

  /** The command that goes on with the run: with what was given of the options that may stand beside --resume. */
  private String howToGoOn() {
    return "go on with: arturo train --resume " + quoted(run.toString()) + given(Set.of("--resume", "--epochs"));
  }

  /** What was given of the options that may stand beside --resume, but for some, each with a blank before it. */
  private String given(Set<String> without) {
    StringBuilder words = new StringBuilder();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (WITH_RESUME.contains(name) && !without.contains(name)) {
        words.append(' ').append(name);
        if (option.arity().max() > 0) {
          option.originalStringValues().forEach(value -> words.append(' ').append(quoted(value)));
        }
      }
    }
    return words.toString();
  }

  private void refuseContradictions(String what, Path folder) {
    String found = experiment == null ? null : "EXPERIMENT '" + experiment + "'";
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (!WITH_RESUME.contains(option.longestName()) && !option.longestName().equals("--run")) {
        found = option.longestName();
      }
    }
    if (found != null) {
      throw new UsageException(
          found + " contradicts " + what + ": '" + folder
              + "' goes on as its config.yaml says; leave out one of them");
    }
  }

  /** A path or another word as a shell takes it. */
  static String quoted(String word) {
    return word.matches("[\\w./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The experiment, checked as a training that begins checks it. */
  Experiment requested() {
    diagnostics.check();
    runOption.check(out, resume);
    return chosen();
  }

  private Experiment chosen() {
    try {
      Experiment found = Experiments.find(experiment, optimizer);
      return groups.apply(changes.apply(found, seed, optimizerOptions.apply(found.optimizer())));
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
