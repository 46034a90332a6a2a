// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The table of a run's epochs: a header, then the epochs from 1 on, each once and in their order. A line is on disk when
 * {@link #append} returns; a last line without its end is torn, and as good as not there.
 */
final class MetricsCsv {
  private final Path file;

  MetricsCsv(Path file) {
    this.file = file;
  }

  /**
   * The rows; none if there is no file.
   *
   * @param known rows that the checkpoint has, without their times, which are the first; null if it does not tell
   * @throws InputException if the file cannot be read or does not hold these; one line
   */
  List<EpochRow> read(List<EpochRow> known) {
    List<EpochRow> rows = new ArrayList<>();
    EpochRow.Header header = null;
    List<String> lines = lines();
    for (int i = 0; i < lines.size(); i++) {
      boolean torn = i == lines.size() - 1; // what stands behind the last line's end, mostly nothing
      String line = lines.get(i);
      if (i == 0) {
        header = torn ? checkTorn(line, known) : header(line, known);
      } else {
        EpochRow row = row(i, line, header, torn, known);
        if (row == null) {
          break;
        }
        rows.add(row);
      }
    }
    return rows;
  }

  /** The text between the ends of lines: one more than there are ends. */
  private List<String> lines() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      RegularFile.check(file);
      return List.of(Files.readString(file).replace("\r\n", "\n").split("\n", -1));
    } catch (IOException e) {
      throw new InputException(
          "cannot read '" + file + "': " + Reason.of(e) + "; put back the file that the training wrote", e);
    }
  }

  /** Of a file that has nothing but the beginning of a header, none. */
  private EpochRow.Header checkTorn(String line, List<EpochRow> known) {
    if (!line.startsWith(EpochRow.HEAD) && !EpochRow.HEAD.startsWith(line)) {
      throw notTheHeader(line, known);
    }
    return null;
  }

  private EpochRow.Header header(String line, List<EpochRow> known) {
    try {
      return EpochRow.Header.parse(line);
    } catch (IllegalArgumentException e) {
      throw notTheHeader(line, known);
    }
  }

  private InputException notTheHeader(String line, List<EpochRow> known) {
    return fault("line 1 is '" + Printable.value(line) + "', not the header of this version", known);
  }

  /** The row in the line of an epoch; null if the line is torn. */
  private EpochRow row(int epoch, String line, EpochRow.Header header, boolean torn, List<EpochRow> known) {
    EpochRow row;
    try {
      row = EpochRow.parse(line, header);
    } catch (IllegalArgumentException e) {
      if (torn) {
        return null;
      }
      throw fault("line " + (epoch + 1) + " is '" + Printable.value(line) + "', no row: " + why(e), known);
    }
    if (row.epoch() != epoch) {
      throw fault("line " + (epoch + 1) + " is epoch " + row.epoch() + ", not " + epoch, known);
    }
    if (known != null && epoch <= known.size() && !row.timeless().equals(known.get(epoch - 1))) {
      throw fault("epoch " + epoch + " is not as the training wrote it", known);
    }
    return row;
  }

  private static String why(IllegalArgumentException e) {
    return e instanceof NumberFormatException ? "a value is no number" : e.getMessage();
  }

  /**
   * Drops all rows beyond that many epochs, and a torn line. Without a file, writes those that the checkpoint has.
   *
   * @param known as for {@link #read}
   * @return the rows that stay
   * @throws InputException if they are not all there; one line
   * @throws IOException if the file cannot be written
   */
  List<EpochRow> keep(int epochs, List<EpochRow> known) throws IOException {
    List<EpochRow> rows = Files.exists(file) || known == null ? read(known) : known;
    if (rows.size() < epochs) {
      throw fault("there are " + rows.size() + " epochs, but the checkpoint is of " + epochs, known);
    }
    List<EpochRow> kept = List.copyOf(rows.subList(0, epochs));
    if (kept.isEmpty()) {
      if (!lines().stream().skip(1).allMatch(String::isEmpty) || lines().size() == 1) {
        Files.deleteIfExists(file); // the first row brings its header along
      }
      return kept;
    }
    String text = kept.stream().map(row -> row.csv() + "\n").collect(Collectors.joining("", header(kept.getFirst()), ""));
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
    return kept;
  }

  private static String header(EpochRow row) {
    return row.header() + "\n";
  }

  void append(EpochRow row) throws IOException {
    String text = (Files.exists(file) ? "" : header(row)) + row.csv() + "\n";
    Files.writeString(
        file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC,
        LinkOption.NOFOLLOW_LINKS);
  }

  private InputException fault(String what, List<EpochRow> known) {
    return new InputException(
        "'" + file + "' was altered: " + what
            + (known != null
                ? "; delete it: going on writes it anew from the checkpoint"
                : "; put back the file that the training wrote, or begin another run with the weights of this one"
                    + " (--weights " + file.resolveSibling(RunFiles.MODEL) + ")"));
  }
}
