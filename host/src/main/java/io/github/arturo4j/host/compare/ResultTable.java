// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.report.Markdown;
import io.github.arturo4j.host.report.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The table of a comparison: a row for each of the compared, over its finished runs.
 *
 * @param header of the columns
 */
public record ResultTable(List<String> header, List<Row> rows) {
  /** The cells of one of the compared: its label, its seeds, and a summary of each measure. */
  public record Row(String label, String seeds, List<Cell> cells) {}

  /**
   * A summary as text.
   *
   * @param best whether its mean is the best of the column
   */
  public record Cell(String text, boolean best) {}

  /** Of a comparison. */
  public static ResultTable of(Comparison comparison) {
    return of(comparison, comparison.settings().labels(), Measure.of(comparison));
  }

  /** Of the loss after steps; nothing where no run was evaluated there. */
  static Optional<ResultTable> ofSteps(Comparison comparison) {
    String set = comparison.settings().judgedBy();
    List<Measure> losses = comparison.steps().stream().map(step -> Measure.lossAfter(step, set)).toList();
    return losses.isEmpty() ? Optional.empty() : Optional.of(of(comparison, comparison.settings().labels(), losses));
  }

  /** Of some of the compared. */
  static ResultTable of(Comparison comparison, List<String> labels, List<Measure> measures) {
    List<String> header = new ArrayList<>(List.of("optimizer", "seeds"));
    List<Row> rows = new ArrayList<>();
    for (String label : labels) {
      rows.add(new Row(label, seeds(comparison, label), new ArrayList<>()));
    }
    for (Measure measure : measures) {
      header.add(measure.title());
      List<Summary> summaries =
          labels.stream().map(label -> measure.of(comparison.runs(label, Run.State.FINISHED))).toList();
      double best = measure.best(summaries);
      for (int i = 0; i < rows.size(); i++) {
        Summary summary = summaries.get(i);
        rows.get(i).cells.add(new Cell(measure.text(summary), summary.mean() == best));
      }
    }
    return new ResultTable(header, rows);
  }

  private static String seeds(Comparison comparison, String label) {
    int finished = comparison.runs(label, Run.State.FINISHED).size();
    int failed = comparison.runs(label, Run.State.FAILED).size();
    int all = comparison.settings().seeds().size();
    return (finished == all ? "" + all : finished + " of " + all) + (failed == 0 ? "" : ", " + failed + " failed");
  }

  /** As lines of columns for a console, the best marked with an asterisk. */
  public String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(header);
    for (Row row : rows) {
      List<String> words = new ArrayList<>(List.of(row.label, row.seeds));
      row.cells.forEach(cell -> words.add(cell.text + (cell.best ? " *" : "  ")));
      lines.add(words);
    }
    return TextTable.of(lines);
  }

  /** As a table of GitHub's Markdown, the best in bold. */
  String markdown() {
    StringBuilder text = new StringBuilder(Markdown.head(header));
    for (Row row : rows) {
      List<String> cells = new ArrayList<>(List.of(Markdown.escape(row.label), row.seeds));
      row.cells.forEach(cell -> cells.add(cell.best ? "**" + cell.text + "**" : cell.text));
      text.append(Markdown.row(cells));
    }
    return text.toString();
  }

  /** Whether a mean is marked as the best. */
  boolean hasBest() {
    return rows.stream().flatMap(row -> row.cells.stream()).anyMatch(Cell::best);
  }
}
