// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.compare.Comparison;
import io.github.arturo4j.host.compare.ComparisonFolder;
import io.github.arturo4j.host.compare.ResultTable;
import io.github.arturo4j.host.compare.Run;
import io.github.arturo4j.host.compare.Settings;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.run.RunFolders;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.TestScores;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.host.train.DivergedException;
import io.github.arturo4j.host.train.RunTest;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingSetup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ExitCode;

/**
 * Makes the runs of a comparison that are not finished, one after the other, with a report after each; a run
 * that fails leaves the others alone.
 */
final class ComparisonRuns {
  private final TrainingSetup common;
  private final ComparisonFolder folder;
  private final Settings settings;
  private final String command;
  private final TrainingSession session;
  private final PrintWriter out;
  private final PrintWriter err;
  private final List<Run> runs;
  private final RunTest test;
  private boolean tests = true;
  private final List<String> faults = new ArrayList<>();

  /**
   * The runs of a folder.
   *
   * @param common device and images of all of them
   * @param source where the data are
   * @param command the command line
   * @param session what makes them
   */
  ComparisonRuns(
      TrainingSetup common,
      ComparisonFolder folder,
      DataSource source,
      String command,
      TrainingSession session,
      PrintWriter out,
      PrintWriter err) {
    this.common = folder.begun().map(common::inUnitOf).orElse(common);
    this.folder = folder;
    this.settings = folder.settings();
    this.command = command;
    this.session = session;
    this.out = out;
    this.err = err;
    this.runs = folder.runs();
    this.test = new RunTest(source, common.device());
  }

  /** Makes them; the exit code. */
  int make() {
    try (StopSignal stop = session.stopSignal(err, () -> "the same command goes on")) {
      make(stop);
      Path report = folder.write(comparison());
      out.printf("%n%s%nReport: %s%n", ResultTable.of(comparison()).text(), report);
      boolean stopped = !comparison().isOver();
      if (stopped) {
        out.println("Stopped; the same command goes on");
      }
      out.flush();
      return stopped ? stop.exitCode() : outcome();
    }
  }

  /** Leaves the test set alone. */
  ComparisonRuns withoutTest() {
    tests = false;
    return this;
  }

  /** Makes them until it is to stop, with a report after each; how far they have come. */
  Comparison make(StopSignal stop) {
    for (int i = 0; i < runs.size() && !stop.received(); i++) {
      runs.set(i, make(i, stop));
      folder.write(comparison());
    }
    return comparison();
  }

  /** Names of the runs that have failed, but for those that have diverged. */
  List<String> faults() {
    return faults;
  }

  private int outcome() {
    List<Run> failed = comparison().runs(Run.State.FAILED);
    if (failed.isEmpty()) {
      return ExitCode.OK;
    }
    throw new OperationException(
        failed.size() + " of " + runs.size() + " runs failed: "
            + failed.stream().map(Run::name).collect(Collectors.joining(", "))
            + "; the report has the others, and the same command tries these again");
  }

  private Run make(int index, StopSignal stop) {
    Run run = runs.get(index);
    String head = "Run %d/%d: %s, seed %d".formatted(index + 1, runs.size(), run.label(), run.seed());
    folder.check(); // or its runs would make it anew
    try {
      Run before = folder.reached(run);
      if (before.state() == Run.State.FINISHED) {
        out.println(head + ", was finished before");
        return tested(before);
      }
      train(run, head, stop);
      return tested(folder.reached(run));
    } catch (DivergedException e) {
      return failed(run, Failures.line(e) + ". Earlier epochs are in the run folder");
    } catch (RuntimeException | Error e) { // whatever it is, the other runs may still succeed
      Run failed = failed(run, Failures.line(e));
      faults.add(run.name());
      Failures.printFault(e, err);
      return failed;
    }
  }

  /** The same, measured on the test set if it is finished and has not looked at it. */
  private Run tested(Run run) {
    if (!tests || run.state() != Run.State.FINISHED || run.test() != null || !settings.judgedBy().equals(JudgingSet.validation.name())) {
      return run;
    }
    Optional<Scores> scores = test.scores(folder.folder(run), TestScores.Weights.BEST);
    if (scores.isEmpty()) {
      return run;
    }
    TestScores.write(folder.folder(run), TestScores.Weights.BEST, run.rows().size(), scores.get());
    return run.tested(scores.get());
  }

  private Run failed(Run run, String failure) {
    out.println("Failed: " + failure);
    return folder.failed(run, failure);
  }

  private static String anew(Run reached) {
    return reached.rows().isEmpty()
        ? ""
        : ", begins anew: there is no checkpoint to go on from (epochs that were done: " + reached.rows().size() + ")";
  }

  /** Where a run goes on, as the end of a line; empty if it begins. */
  static String goingOn(TrainingPosition from) {
    return from.equals(TrainingPosition.START)
        ? ""
        : ", goes on in epoch " + from.epoch() + " after step " + from.step();
  }

  private void train(Run run, String head, StopSignal stop) {
    Experiment experiment = settings.optimizers().get(run.label());
    TrainingSetup setup = common.with(experiment.with(null, null, run.seed(), experiment.optimizer()));
    try (TrainingJob job =
        TrainingJob.beginOrResume(
            RunFolders.openOrMake(folder.folder(run)), () -> setup, before -> setup.begunIn(before.environment()))) {
      out.println(head + job.from().map(ComparisonRuns::goingOn).orElseGet(() -> anew(folder.reached(run))));
      TrainCommand.notes(job).forEach(out::println);
      out.flush();
      session.run(job, stop);
    }
  }

  private Comparison comparison() {
    return new Comparison(settings, runs, command, common.config().environment(), ZonedDateTime.now());
  }
}
