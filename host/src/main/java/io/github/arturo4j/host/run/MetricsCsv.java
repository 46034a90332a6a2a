// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The table of a run's epochs; a line is on disk when {@link #append} returns. */
final class MetricsCsv {
  private final Path file;

  MetricsCsv(Path file) {
    this.file = file;
  }

  /**
   * Drops all rows beyond that many epochs, and a last line that was torn; the rows that stay, as they are.
   *
   * @throws IllegalArgumentException if a line that would have to stay is no row
   */
  List<EpochRow> keep(int epochs) throws IOException {
    StringBuilder after = new StringBuilder(EpochRow.HEADER).append('\n');
    List<EpochRow> rows = read(epochs, after);
    if (Files.exists(file) && !Files.readString(file).contentEquals(after)) {
      AtomicFile.write(file, after.toString().getBytes(StandardCharsets.UTF_8));
    }
    return rows;
  }

  /** The rows that are there, but for a last line that is torn; errors as {@link #keep}. */
  List<EpochRow> read() throws IOException {
    return read(Integer.MAX_VALUE, new StringBuilder());
  }

  /** The rows up to an epoch, their lines appended to a text. */
  private List<EpochRow> read(int epochs, StringBuilder kept) throws IOException {
    List<EpochRow> rows = new ArrayList<>();
    List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
    for (int i = 0; i < lines.size(); i++) {
      if (i == 0 && lines.get(i).equals(EpochRow.HEADER)) {
        continue;
      }
      EpochRow row = row(i + 1, lines.get(i), i > 0 && i == lines.size() - 1);
      if (row != null && row.epoch() <= epochs) {
        rows.add(row);
        kept.append(lines.get(i)).append('\n');
      }
    }
    return rows;
  }

  private EpochRow row(int number, String line, boolean last) {
    try {
      return EpochRow.parse(line);
    } catch (IllegalArgumentException e) {
      if (last) {
        return null;
      }
      throw new IllegalArgumentException(
          "'" + file + "', line " + number + ": '" + line + "' is not the header or a row of this version;"
              + " mend the line, or move the file away to go on without its rows", e);
    }
  }

  void append(EpochRow row) throws IOException {
    String text = (Files.exists(file) ? "" : EpochRow.HEADER + "\n") + row.csv() + "\n";
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
  }
}
