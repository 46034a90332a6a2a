// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.report.ResultFolder;
import io.github.arturo4j.host.run.BestEpoch;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.TestScores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder of a comparison: {@code comparison.yaml} with its settings, a run folder {@code runs/LABEL-SEED} for
 * each run, and {@code report.html}, {@code results.csv} and {@code results.md}, each replaced as a whole. Until it is
 * closed, no other comparison may write into it.
 */
public final class ComparisonFolder implements AutoCloseable {
  private static final String REPORT = "report.html";
  private static final String CSV = "results.csv";
  private static final String MARKDOWN = "results.md";
  private static final ResultFolder.Kind KIND =
      new ResultFolder.Kind("comparison", "comparison.yaml", List.of(REPORT, CSV, MARKDOWN));

  private final ResultFolder folder;
  private final Settings settings;
  private final int epochsBefore;

  private ComparisonFolder(ResultFolder folder, Settings settings, int epochsBefore) {
    this.folder = folder;
    this.settings = settings;
    this.epochsBefore = epochsBefore;
  }

  /**
   * Makes the folder, or opens one of the same settings.
   *
   * @param mayGrow whether it may be one of fewer epochs, which then has as many
   * @throws InputException if it holds something else or cannot be written; one line
   * @throws OperationException if another comparison has it, or its settings are damaged; one line
   */
  public static ComparisonFolder open(Path path, Settings settings, boolean mayGrow) {
    ResultFolder folder = ResultFolder.open(path, KIND);
    try {
      return new ComparisonFolder(folder, settings, begin(folder, settings, mayGrow));
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  /** Writes the settings, unless they are there; the epochs of the comparison before. */
  private static int begin(ResultFolder folder, Settings settings, boolean mayGrow) {
    Settings before = folder.settings(Settings.class).orElse(null);
    if (before == null) {
      folder.begin(settings);
      return settings.epochs();
    }
    boolean raised = mayGrow && settings.epochs() > before.epochs();
    settings
        .difference(raised ? before.withEpochs(settings.epochs()) : before)
        .ifPresent(
            difference -> {
              throw folder.otherSettings(difference);
            });
    if (raised) {
      checkGrows(folder.path(), before);
      folder.begin(settings);
    }
    return before.epochs();
  }

  private static void checkGrows(Path path, Settings before) {
    before.spanning()
        .ifPresent(
            label -> {
              throw new InputException(
                  "the schedule of " + label + " in --out '" + path + "' ends with its " + before.epochs()
                      + " epochs; nothing was changed: give as many, or name a new folder");
            });
  }

  /** Throws as {@link ResultFolder#check} does. */
  public void check() {
    folder.check();
  }

  /** What is compared. */
  public Settings settings() {
    return settings;
  }

  /** Epochs of the comparison when it was opened; fewer than now if it grows. */
  public int epochsBefore() {
    return epochsBefore;
  }

  /** The folder of a run. */
  public Path folder(Run run) {
    return folder.run(run.name());
  }

  /** All runs, seed by seed, as far as their folders say. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (long seed : settings.seeds()) {
      for (String label : settings.labels()) {
        Run run = Run.waiting(label, seed);
        try {
          runs.add(reached(run));
        } catch (IllegalArgumentException e) {
          runs.add(run.failed(List.of(), List.of(), e.getMessage()));
        }
      }
    }
    return runs;
  }

  /** The configuration of the first run that has begun; nothing if none has. */
  public Optional<RunConfig> begun() {
    for (Run run : runs()) {
      try {
        return Optional.of(RunReader.config(folder(run)));
      } catch (InputException e) {
        // it has not begun, or says when it is to go on what is wrong
      }
    }
    return Optional.empty();
  }

  /**
   * The run as far as its folder says. One that was killed after its last row, but before its last checkpoint, is not
   * finished: it goes on from the checkpoint before.
   *
   * @throws InputException if the folder is damaged; one line
   */
  public Run reached(Run run) {
    List<EpochRow> rows = rows(run);
    boolean hasCheckpoint = RunReader.hasCheckpoint(folder(run));
    Run.State state =
        isDone(run, rows) && (!hasCheckpoint || RunReader.epochs(folder(run)) >= rows.size())
            ? Run.State.FINISHED
            : hasCheckpoint ? Run.State.UNFINISHED : Run.State.WAITING;
    return new Run(
        run.label(), run.seed(), state, rows, RunReader.steps(folder(run)),
        state == Run.State.FINISHED ? TestScores.read(folder(run), TestScores.Weights.BEST, rows.size()).orElse(null) : null, "");
  }

  /** Whether all epochs are there, or its patience has ended. */
  private boolean isDone(Run run, List<EpochRow> rows) {
    Experiment experiment = settings.optimizers().get(run.label());
    return rows.size() == settings.epochs()
        || BestEpoch.isLongAgo(rows, experiment.measured().getFirst(), experiment.patience());
  }

  /** The epochs of a run, but for those that somebody has added with {@code train --resume}. */
  private List<EpochRow> rows(Run run) {
    return RunReader.rows(folder(run)).stream().filter(row -> row.epoch() <= settings.epochs()).toList();
  }

  /** The run as one that failed, with the epochs that it has finished as far as they can be read. */
  public Run failed(Run run, String failure) {
    try {
      return run.failed(rows(run), RunReader.steps(folder(run)), failure);
    } catch (IllegalArgumentException e) {
      return run.failed(List.of(), List.of(), failure);
    }
  }

  /**
   * Writes report and results.
   *
   * @return the report
   */
  public Path write(Comparison comparison) {
    check();
    Path report = folder.write(REPORT, HtmlReport.of(comparison));
    folder.write(CSV, ResultsCsv.of(comparison));
    folder.write(MARKDOWN, MarkdownReport.of(comparison));
    return report;
  }

  /** Lets other comparisons have the folder. */
  @Override
  public void close() {
    folder.close();
  }
}
