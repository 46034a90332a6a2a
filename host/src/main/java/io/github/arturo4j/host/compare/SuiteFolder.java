// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.experiment.Difference;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.report.ResultFolder;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of a suite: {@code suite.yaml} with its settings, for each problem the {@linkplain ComparisonFolder comparisons}
 * {@code PROBLEM/tuning} and {@code PROBLEM/comparison}, and {@code report.html}, {@code results.csv} and {@code results.md}.
 */
public final class SuiteFolder implements AutoCloseable {
  private static final String REPORT = "report.html";
  private static final String CSV = "results.csv";
  private static final String MARKDOWN = "results.md";
  private static final ResultFolder.Kind KIND = new ResultFolder.Kind("suite", "suite.yaml", List.of(REPORT, CSV, MARKDOWN));

  private final ResultFolder folder;

  private SuiteFolder(ResultFolder folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder, or opens one of the same settings.
   *
   * @throws InputException if it holds something else or cannot be written; one line
   * @throws OperationException if another process has it, or its settings are damaged; one line
   */
  public static SuiteFolder open(Path path, SuiteSettings settings) {
    ResultFolder folder = ResultFolder.open(path, KIND);
    try {
      SuiteSettings before = folder.settings(SuiteSettings.class).orElse(settings);
      Difference.ofValues("suite", before, settings)
          .ifPresent(
              difference -> {
                throw folder.otherSettings(difference.toString());
              });
      folder.begin(settings);
      return new SuiteFolder(folder);
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  /** Where the rates of a problem are chosen. */
  public Path tuning(String problem) {
    return folder.path().resolve(problem).resolve("tuning");
  }

  /** Where its optimizers are compared. */
  public Path comparison(String problem) {
    return folder.path().resolve(problem).resolve("comparison");
  }

  /**
   * Writes report and results.
   *
   * @return the report
   */
  public Path write(SuiteResults results) {
    folder.check();
    Path report = folder.write(REPORT, SuitePage.of(results));
    folder.write(CSV, SuiteCsv.of(results));
    folder.write(MARKDOWN, SuiteMarkdown.of(results));
    return report;
  }

  /** Lets others have the folder. */
  @Override
  public void close() {
    folder.close();
  }
}
