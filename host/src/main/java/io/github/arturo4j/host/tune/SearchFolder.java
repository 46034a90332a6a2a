// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.report.ResultFolder;
import io.github.arturo4j.host.run.BestEpoch;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.models.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder of a search: {@code search.yaml} with its settings, {@code search.log} with what has happened, a run folder {@code
 * runs/NUMBER} for each trial, {@code best.yaml}, the experiment of the best one, and {@code report.html}, {@code results.csv}
 * and {@code results.md}.
 */
public final class SearchFolder implements AutoCloseable {
  private static final String LOG = "search.log";
  private static final String BEST = "best.yaml";
  private static final String REPORT = "report.html";
  private static final String CSV = "results.csv";
  private static final String MARKDOWN = "results.md";
  private static final ResultFolder.Kind KIND =
      new ResultFolder.Kind("search", "search.yaml", List.of(LOG, BEST, REPORT, CSV, MARKDOWN));

  private final ResultFolder folder;
  private final Search search;

  private SearchFolder(ResultFolder folder, SearchSettings settings) {
    this.folder = folder;
    List<SearchEvent> events = new ArrayList<>(history(folder.path().resolve(LOG)));
    try {
      search = new Search(settings, List.copyOf(events), event -> {
        events.add(event);
        folder.write(LOG, SearchLog.text(events));
      });
    } catch (InputException e) {
      throw e; // of the space
    } catch (IllegalArgumentException e) {
      throw altered(folder.path().resolve(LOG), e);
    }
  }

  private static List<SearchEvent> history(Path log) {
    try {
      return Files.exists(log) ? SearchLog.parse(Files.readString(log)) : List.of();
    } catch (IOException e) {
      throw new OperationException("cannot read '" + log + "': " + Reason.of(e) + "; make it readable", e);
    } catch (IllegalArgumentException e) {
      throw altered(log, e);
    }
  }

  private static OperationException altered(Path log, IllegalArgumentException e) {
    return new OperationException(
        "'" + log + "' is not as the search wrote it: " + e.getMessage()
            + "; delete it: the same command then asks the runs for what they came to, and goes on", e);
  }

  /**
   * Makes the folder, or opens one of the same settings, but for more trials.
   *
   * @throws InputException if it holds something else or cannot be written; one line
   * @throws OperationException if another process has it, or its settings or its log are damaged; one line
   */
  public static SearchFolder open(Path path, SearchSettings settings) {
    ResultFolder folder = ResultFolder.open(path, KIND);
    try {
      SearchSettings before = folder.settings(SearchSettings.class).orElse(null);
      boolean more = before != null && settings.trials() > before.trials();
      if (before != null) {
        settings
            .difference(more ? before.withTrials(settings.trials()) : before)
            .ifPresent(
                difference -> {
                  throw folder.otherSettings(difference);
                });
      }
      SearchFolder opened = new SearchFolder(folder, settings);
      if (before == null || more) {
        folder.begin(settings);
      }
      return opened;
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  /**
   * Opens one that was made, as it was made.
   *
   * @throws InputException if there is none
   * @throws OperationException if another process has it, or its settings or its log are damaged; one line
   */
  public static SearchFolder reopen(Path path) {
    ResultFolder folder = ResultFolder.open(path, KIND);
    try {
      return new SearchFolder(
          folder,
          folder.settings(SearchSettings.class)
              .orElseThrow(() -> new InputException("'" + path + "' has no search; begin one in it with 'arturo tune'")));
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  /** Whether a search was made in a folder. */
  public static boolean isMade(Path path) {
    return Files.exists(path.resolve(KIND.settings()));
  }

  /** The search, as far as it has come. What is told to it is written down here. */
  public Search search() {
    return search;
  }

  /** The folder of a trial's run. */
  public Path run(Trial trial) {
    return folder.run(trial.name());
  }

  /**
   * The folder of a trial's run in a search's folder, which may be anybody's.
   *
   * @param trial its number
   */
  public static Path run(Path folder, int trial) {
    return ResultFolder.run(folder, Trial.name(trial));
  }

  /** The experiment of the best trial. */
  public Path best() {
    return folder.path().resolve(BEST);
  }

  /**
   * The epochs of a trial, as many as the search has given it.
   *
   * @throws InputException if its run is damaged; one line
   */
  public List<EpochRow> rows(Trial trial) {
    return rows(trial, Math.min(trial.scores().size(), search.settings().rungs().size() - 1));
  }

  private List<EpochRow> rows(Trial trial, int rung) {
    int last = search.epochs(rung);
    return RunReader.rows(run(trial)).stream().filter(row -> row.epoch() <= last).toList();
  }

  /**
   * What a trial's run has come to in its best epoch, up to those of a rung, which are done.
   *
   * @throws InputException if its run is damaged; one line
   */
  public Score score(Assignment what) {
    Metric metric = search.settings().metric();
    EpochRow best = BestEpoch.of(rows(search.trial(what), what.rung()), metric);
    return new Score(best.judged().metric(metric.name()), best.judgedLoss());
  }

  /**
   * Writes report, results and the experiment of the best trial.
   *
   * @return the report
   */
  public Path write(SearchResults results) {
    check();
    Path report = folder.write(REPORT, SearchPage.of(results));
    folder.write(CSV, TrialsCsv.of(results));
    folder.write(MARKDOWN, SearchMarkdown.of(results));
    search.best().ifPresent(best -> folder.write(BEST, BestExperiment.text(results, best)));
    return report;
  }

  /** Throws as {@link ResultFolder#check} does. */
  public void check() {
    folder.check();
  }

  /** Lets others have it. */
  @Override
  public void close() {
    folder.close();
  }
}
