// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a training was after a step, in the middle of an epoch or at its end.
 *
 * @param step of the whole training, from 1
 * @param judged what was measured on the set that epochs are judged by, dropout off
 * @param judgedBy that set
 */
public record StepRow(int step, Scores judged, JudgingSet judgedBy) {
  private static final String STEP = "step";

  /** A table of such rows, its header first; a line each. */
  static String table(List<StepRow> rows) {
    return rows.isEmpty()
        ? ""
        : Stream.concat(Stream.of(header(rows.getFirst())), rows.stream().map(row -> row.step + "," + row.judged.csv()))
            .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String header(StepRow row) {
    return header(row.judged.names(), row.judgedBy);
  }

  private static String header(List<String> metrics, JudgingSet set) {
    return STEP + "," + set + "_loss" + metrics.stream().map(name -> "," + set + "_" + name).collect(Collectors.joining());
  }

  /**
   * The rows of a table.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  static List<StepRow> parse(String table) {
    List<String> lines = table.lines().toList();
    List<StepRow> rows = new ArrayList<>();
    if (lines.isEmpty()) {
      return rows;
    }
    String header = lines.getFirst();
    JudgingSet set =
        Stream.of(JudgingSet.values())
            .filter(each -> header.equals(header(metrics(header, each), each)))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("line 1 is not the header of this version"));
    for (int i = 1; i < lines.size(); i++) {
      StepRow row = row(lines.get(i), metrics(header, set), set);
      if (row == null || row.step <= (rows.isEmpty() ? 0 : rows.getLast().step)) {
        throw new IllegalArgumentException("line " + (i + 1) + " is no row that follows the one before");
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<String> metrics(String header, JudgingSet set) {
    return Stream.of(header.split(",", -1)).skip(2).map(name -> name.replaceFirst("^" + set + "_", "")).toList();
  }

  /** The row of a line; null if it is none. */
  private static StepRow row(String line, List<String> metrics, JudgingSet set) {
    List<String> cells = new ArrayList<>(List.of(line.split(",", -1)));
    if (cells.size() != metrics.size() + 2 || !line.matches("\\p{ASCII}*")) { // Java reads the digits of every script
      return null;
    }
    try {
      StepRow row = new StepRow(Integer.parseInt(cells.removeFirst()), Scores.parse(cells, metrics), set);
      return row.judged.isFinite() ? row : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
