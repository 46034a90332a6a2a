// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.train.DivergedException;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.host.tune.Assignment;
import io.github.arturo4j.host.tune.Search;
import io.github.arturo4j.host.tune.SearchFolder;
import io.github.arturo4j.host.tune.SearchReport;
import io.github.arturo4j.host.tune.Trial;
import io.github.arturo4j.host.tune.TrialTable;
import io.github.arturo4j.host.tune.TrialTraining;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/**
 * Makes the trials of a search as its only worker, one after the other, with a report after each. A trial that fails is the
 * worst; a failure of the machine ends the search, and the same command goes on.
 */
final class SearchRuns {
  private final SearchFolder folder;
  private final Search search;
  private final TrialTraining training;
  private final SearchReport report;
  private final String howToTrain;
  private final TrainingSession session;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * The trials of a folder.
   *
   * @param common device and examples of all of them
   * @param command the command line
   * @param howToTrain the command that trains what was found
   * @param session what trains them
   * @param line where to tell of it
   */
  SearchRuns(
      TrainingSetup common, SearchFolder folder, String command, String howToTrain, TrainingSession session, CommandLine line) {
    this.folder = folder;
    this.search = folder.search();
    this.training = new TrialTraining(folder, common);
    this.report = new SearchReport(folder, command, common.config().environment());
    this.howToTrain = howToTrain;
    this.session = session;
    this.out = line.getOut();
    this.err = line.getErr();
  }

  /** Makes none: writes the report of those that are there; the exit code. */
  int report() {
    if (!search.trials().isEmpty()) {
      tell();
    }
    return ExitCode.OK;
  }

  /** Makes them; the exit code. */
  int make() {
    try (StopSignal stop = session.stopSignal(err, () -> "the same command goes on")) {
      while (!stop.received()) {
        Optional<Assignment> next = search.next();
        if (next.isEmpty()) {
          break;
        }
        make(next.get(), stop);
        report.read(search.trial(next.get()));
        report.write();
      }
      return end(stop);
    }
  }

  private int end(StopSignal stop) {
    tell();
    if (search.isOver()) {
      return ExitCode.OK;
    }
    out.println("Stopped; the same command goes on");
    out.flush();
    return stop.exitCode();
  }

  /** Writes the report, and tells what is in it. */
  private void tell() {
    Path page = report.write();
    out.printf("%n%s", TrialTable.text(report.results()));
    search.best().ifPresent(this::tell);
    out.printf("Report: %s%n", page);
    out.flush();
    if (search.isOver() && search.best().isEmpty()) {
      throw new OperationException(
          "all " + search.trials().size() + " trials failed, the first: " + search.trials().getFirst().failure()
              + "; the report has the others: give ranges with other values");
    }
  }

  private void tell(Trial best) {
    out.printf("Best%s: trial %d, %s%n", search.isOver() ? "" : " so far", best.number(), best.words());
    out.printf("On the test set: arturo evaluate %s%n", TrainCommand.quoted(folder.run(best).toString()));
    out.printf("Its experiment: %s%n", howToTrain);
  }

  private void make(Assignment what, StopSignal stop) {
    folder.check(); // or its run would be made anew
    Trial trial = search.trial(what);
    String head =
        "Trial %d/%d up to epoch %d: %s".formatted(trial.number(), search.settings().trials(), search.epochs(what.rung()), trial.words());
    TrainingSetup setup;
    try {
      setup = training.setup(what);
    } catch (InputException e) { // its values do not fit together
      out.println(head);
      fail(what, Failures.line(e));
      return;
    }
    try {
      training.train(what, setup, job -> train(job, head, stop)).ifPresent(score -> search.scored(what, score));
    } catch (DivergedException e) {
      fail(what, e.what());
    } catch (InputException | OperationException | DataException | UncheckedIOException e) {
      throw e; // of the machine or the folder, not of the values
    } catch (RuntimeException | Error e) {
      fail(what, Failures.line(e));
      Failures.printFault(e, err);
    }
  }

  private void fail(Assignment what, String why) {
    out.println("Failed: " + why);
    search.failed(what, why);
  }

  private TrainingResult train(TrainingJob job, String head, StopSignal stop) {
    out.println(head + job.from().map(ComparisonRuns::goingOn).orElse(""));
    TrainCommand.notes(job).forEach(out::println);
    out.flush();
    return session.run(job, stop);
  }
}
