// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.report;

import java.util.List;

/** Columns for a console, the first to the left and the others to the right. */
public final class TextTable {
  private TextTable() {}

  /** Lines, the header first, all with as many cells. */
  public static String of(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        int at = column;
        int width = lines.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        String pad = " ".repeat(width - line.get(column).length());
        row.append(column == 0 ? line.get(0) + pad : "  " + pad + line.get(column));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
