// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.report.ResultFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of a report: {@code report.json}, and the same as {@code report.md} and {@code report.html}, each replaced as a whole
 * after each part.
 */
public final class ReportFolder implements AutoCloseable {
  private static final String JSON = "report.json";
  private static final String MARKDOWN = "report.md";
  private static final String PAGE = "report.html";
  private static final ResultFolder.Kind KIND =
      new ResultFolder.Kind("report", JSON, List.of(MARKDOWN, PAGE), "what was written before is there");

  private final ResultFolder folder;

  private ReportFolder(ResultFolder folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder.
   *
   * @throws InputException if it holds a report already or something else, or cannot be written; one line
   * @throws OperationException if another process has it; one line
   */
  public static ReportFolder create(Path path) {
    ResultFolder folder = ResultFolder.open(path, KIND);
    if (Files.exists(path.resolve(JSON))) {
      folder.close();
      throw new InputException("--out '" + path + "' holds a report already; nothing was changed: name a new folder");
    }
    return new ReportFolder(folder);
  }

  /**
   * Writes a report as far as there is one.
   *
   * @return the page
   */
  public Path write(BenchReport report) {
    folder.check();
    folder.write(JSON, report.json());
    folder.write(MARKDOWN, MarkdownPage.of(report));
    return folder.write(PAGE, HtmlPage.of(report));
  }

  @Override
  public void close() {
    folder.close();
  }
}
