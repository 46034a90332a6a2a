// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.run.BestEpoch;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.FolderLock;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.TestScores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a comparison: {@code comparison.yaml} with its settings, a run folder {@code runs/LABEL-SEED} for
 * each run, and {@code report.html}, {@code results.csv} and {@code results.md}, each replaced as a whole. Until it is
 * closed, no other comparison may write into it.
 */
public final class ComparisonFolder implements AutoCloseable {
  private static final String SETTINGS = "comparison.yaml";
  private static final String REPORT = "report.html";
  private static final String CSV = "results.csv";
  private static final String MARKDOWN = "results.md";
  private static final List<String> REPLACED = List.of(SETTINGS, REPORT, CSV, MARKDOWN);

  private final Path path;
  private final FolderLock lock;
  private final Settings settings;
  private final int epochsBefore;

  private ComparisonFolder(Path path, FolderLock lock, Settings settings, int epochsBefore) {
    this.path = path;
    this.lock = lock;
    this.settings = settings;
    this.epochsBefore = epochsBefore;
  }

  /**
   * Makes the folder, or opens one of the same settings. One in which a comparison was killed before it had written its
   * settings counts as empty.
   *
   * @param mayGrow whether it may be one of fewer epochs, which then has as many
   * @throws InputException if it holds something else or cannot be written; one line
   * @throws OperationException if another comparison has it, or its settings are damaged; one line
   */
  public static ComparisonFolder open(Path path, Settings settings, boolean mayGrow) {
    try {
      if (Files.exists(path)) {
        refuseOccupied(path);
      }
      Files.createDirectories(path);
      FolderLock lock = FolderLock.take(path);
      try {
        refuseOccupied(path); // now that nobody else can write there
        AtomicFile.deleteLeftovers(path, REPLACED);
        return new ComparisonFolder(path, lock, settings, begin(path, settings, mayGrow));
      } catch (IOException | RuntimeException | Error e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new InputException(
          "cannot write to --out '" + path + "': " + Reason.of(e) + "; name a folder that you may write", e);
    }
  }

  /** Writes the settings, unless they are there; the epochs of the comparison before. */
  private static int begin(Path path, Settings settings, boolean mayGrow) throws IOException {
    Path file = path.resolve(SETTINGS);
    if (!Files.exists(file)) {
      write(file, Experiments.write(settings));
      return settings.epochs();
    }
    Settings before = before(file);
    boolean raised = mayGrow && settings.epochs() > before.epochs();
    settings
        .difference(raised ? before.withEpochs(settings.epochs()) : before)
        .ifPresent(
            difference -> {
              throw new InputException(
                  "--out '" + path + "' is a comparison of other settings: " + difference
                      + "; nothing was changed: give those it was begun with, or name a new folder");
            });
    if (raised) {
      checkGrows(path, before);
      write(file, Experiments.write(settings));
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

  private static void refuseOccupied(Path path) throws IOException {
    if (!Files.exists(path.resolve(SETTINGS)) && !isFree(path)) {
      throw new InputException(
          "--out '" + path + "' is not empty and holds no comparison; nothing was changed: name a new folder");
    }
  }

  /** Whether a folder is empty, or holds nothing but what a comparison leaves that was killed in its beginning. */
  private static boolean isFree(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.allMatch(
          entry ->
              AtomicFile.isLeftover(entry, REPLACED)
                  || entry.endsWith(FolderLock.FILE) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS));
    }
  }

  private static Settings before(Path file) {
    try {
      return Experiments.read(
          file,
          Settings.class,
          "; the file is not as the comparison wrote it: undo what was changed, or name a new folder with --out");
    } catch (IllegalArgumentException e) {
      throw new OperationException(e.getMessage(), e); // damaged, not a wrong use of the command
    }
  }

  /** Throws as {@link FolderLock#check} does. */
  public void check() {
    lock.check();
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
    return path.resolve("runs").resolve(run.name());
  }

  /** All runs, seed by seed, as far as their folders say. */
  public List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (long seed : settings.seeds()) {
      for (String label : settings.labels()) {
        Run run = new Run(label, seed, Run.State.WAITING, List.of(), null, "");
        try {
          runs.add(reached(run));
        } catch (IllegalArgumentException e) {
          runs.add(run.failed(List.of(), e.getMessage()));
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
        run.label(), run.seed(), state, rows,
        state == Run.State.FINISHED ? TestScores.read(folder(run), rows.size()).orElse(null) : null, "");
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
      return run.failed(rows(run), failure);
    } catch (IllegalArgumentException e) {
      return run.failed(List.of(), failure);
    }
  }

  /**
   * Writes report and results.
   *
   * @return the report
   */
  public Path write(Comparison comparison) {
    check();
    Path report = write(REPORT, HtmlReport.of(comparison));
    write(CSV, ResultsCsv.of(comparison));
    write(MARKDOWN, Markdown.of(comparison));
    return report;
  }

  private Path write(String name, String text) {
    Path file = path.resolve(name);
    try {
      write(file, text);
      return file;
    } catch (IOException e) {
      check(); // if the folder is gone, that is why
      throw new OperationException(
          "cannot write '" + file + "': " + Reason.of(e) + "; the runs are there: " + Reason.remedy(e)
              + ", and give the same command again", e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Lets other comparisons have the folder. */
  @Override
  public void close() {
    lock.close();
  }
}
