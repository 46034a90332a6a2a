// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.compare.Comparison;
import io.github.arturo4j.host.compare.ComparisonFolder;
import io.github.arturo4j.host.compare.RateSearch;
import io.github.arturo4j.host.compare.Run;
import io.github.arturo4j.host.compare.Settings;
import io.github.arturo4j.host.compare.Suite;
import io.github.arturo4j.host.compare.SuiteFolder;
import io.github.arturo4j.host.compare.SuiteProblem;
import io.github.arturo4j.host.compare.SuiteResults;
import io.github.arturo4j.host.compare.SuiteSettings;
import io.github.arturo4j.host.dataset.PublishedDataset;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.TestScores;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.host.train.RunTest;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.device.Devices;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import picocli.CommandLine.ExitCode;

/** Makes the comparisons of a suite, problem by problem: first the rates are chosen, then the optimizers are compared. */
final class SuiteRuns {
  private final Suite suite;
  private final SuiteSettings settings;
  private final SuiteFolder folder;
  private final DataSource source;
  private final SizeOptions sizes;
  private final Devices.Entry device;
  private final AutotuneOption autotune;
  private final String command;
  private final TrainingSession session;
  private final PrintWriter out;
  private final PrintWriter err;
  private final List<SuiteProblem> problems = new ArrayList<>();
  private Map<String, String> environment = Map.of();

  /**
   * Those of a suite.
   *
   * @param source where published data are; other data are where their experiment says
   * @param sizes limits of the examples
   * @param autotune whether kernels are tuned for the device
   * @param command the command line
   * @param session what makes them
   */
  SuiteRuns(
      Suite suite, SuiteSettings settings, SuiteFolder folder, DataSource source, SizeOptions sizes, Devices.Entry device,
      AutotuneOption autotune, String command, TrainingSession session, PrintWriter out, PrintWriter err) {
    this.suite = suite;
    this.settings = settings;
    this.folder = folder;
    this.source = source;
    this.sizes = sizes;
    this.device = device;
    this.autotune = autotune;
    this.command = command;
    this.session = session;
    this.out = out;
    this.err = err;
  }

  /** Makes them; the exit code. */
  int make() {
    try (StopSignal stop = session.stopSignal(err, () -> "the same command goes on")) {
      int number = 0;
      boolean stopped = false;
      for (Map.Entry<String, Experiment> problem : suite.problems().entrySet()) {
        out.printf("Problem %d/%d: %s%n", ++number, suite.problems().size(), problem.getKey());
        stopped = !make(problem.getKey(), problem.getValue(), stop);
        if (stopped) {
          break;
        }
      }
      Path report = folder.write(results());
      out.printf("%nReport: %s%n", report);
      if (stopped) {
        out.println("Stopped; the same command goes on");
      }
      out.flush();
      return stopped ? stop.exitCode() : outcome();
    }
  }

  private int outcome() {
    List<String> failed =
        problems.stream()
            .flatMap(problem -> problem.comparison().runs(Run.State.FAILED).stream().map(run -> problem.name() + "/" + run.name()))
            .toList();
    if (failed.isEmpty()) {
      return ExitCode.OK;
    }
    throw new OperationException(
        "runs failed: " + String.join(", ", failed) + "; the report has the others, and the same command tries these again");
  }

  /** Makes those of a problem; whether nothing of them is to come. */
  private boolean make(String name, Experiment problem, StopSignal stop) {
    DataSource data = problem.dataset() instanceof PublishedDataset ? source : new DataSource(null, source.tell());
    TrainingSetup setup = autotune.tuned(TrainingSetup.of(problem, data, sizes.limitTrain, sizes.limitTest, device));
    environment = setup.config().environment();
    RateSearch search = new RateSearch(setup.config().experiment(), suite.optimizers(), suite.rates());
    List<Run> trials = List.of();
    if (suite.rates() > 1) {
      Settings rates = settings(name, setup, settings.seeds().subList(0, 1), search.trials());
      Comparison tuning = compare(folder.tuning(name), rates, setup, data, stop, ComparisonRuns::withoutTest);
      if (!tuning.isOver()) {
        return false;
      }
      trials = tuning.runs();
    }
    SequencedMap<String, Double> best = search.best(trials);
    out.println("Rates of " + name + ": " + best);
    Settings contestants = settings(name, setup, settings.seeds(), search.contestants(best));
    Comparison comparison = compare(folder.comparison(name), contestants, setup, data, stop, UnaryOperator.identity());
    problems.add(new SuiteProblem(name, tested(comparison, folder.comparison(name), new RunTest(data, device))));
    folder.write(results());
    return comparison.isOver();
  }

  private Settings settings(String name, TrainingSetup setup, List<Long> seeds, SequencedMap<String, Experiment> contestants) {
    return new Settings(
        name, seeds, null, sizes.limitTrain, sizes.limitTest, setup.config().environment().get("device"), setup.config().data().train(),
        setup.config().data().judging(), contestants);
  }

  /** Makes the runs of a comparison. */
  private Comparison compare(
      Path path, Settings what, TrainingSetup setup, DataSource data, StopSignal stop, UnaryOperator<ComparisonRuns> how) {
    try (ComparisonFolder runs = Failures.usage(() -> ComparisonFolder.open(path, what, false))) {
      ComparisonRuns made = how.apply(new ComparisonRuns(setup, runs, data, command, session, out, err));
      Comparison comparison = made.make(stop);
      if (!made.faults().isEmpty()) {
        throw new OperationException(
            "runs in '" + path + "' failed, not of their rate: " + String.join(", ", made.faults())
                + "; see what is said of each above, and give the same command again");
      }
      return comparison;
    }
  }

  /** The comparison in a folder with what the last weights of its runs are on the test set. */
  private static Comparison tested(Comparison comparison, Path path, RunTest test) {
    List<Run> tested =
        comparison.runs().stream()
            .map(run -> run.tested(atEnd(path.resolve("runs").resolve(run.name()), run, test)))
            .toList();
    return new Comparison(comparison.settings(), tested, comparison.command(), comparison.environment(), comparison.written());
  }

  /** What the last weights of a run are on the test set; null if it is not finished or there is none. */
  private static Scores atEnd(Path run, Run of, RunTest test) {
    if (of.state() != Run.State.FINISHED) {
      return null;
    }
    int epochs = of.rows().size();
    Optional<Scores> before = TestScores.read(run, TestScores.Weights.LAST, epochs);
    if (before.isPresent()) {
      return before.get();
    }
    Optional<Scores> scores = test.scores(run, TestScores.Weights.LAST);
    scores.ifPresent(measured -> TestScores.write(run, TestScores.Weights.LAST, epochs, measured));
    return scores.orElse(null);
  }

  private SuiteResults results() {
    return new SuiteResults(settings, problems, command, environment, ZonedDateTime.now());
  }
}
