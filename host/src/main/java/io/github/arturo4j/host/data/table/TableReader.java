// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.FileKind;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.RegularFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads the table in a file. */
final class TableReader {
  private static final String DELIMITERS = ",;\t";
  private static final int BYTE_ORDER_MARK = 0xfeff;
  private static final int BEGIN = 1 << 16;

  private final Path file;

  TableReader(Path file) {
    this.file = file;
  }

  Table read() {
    try (BufferedReader in = open()) {
      in.mark(BEGIN);
      char[] begin = new char[BEGIN];
      int length = Math.max(in.read(begin), 0);
      in.reset();
      return read(in, delimiter(new String(begin, 0, length)));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  Table read(char delimiter) {
    try (BufferedReader in = open()) {
      return read(in, delimiter);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private BufferedReader open() throws IOException {
    RegularFile.check(file);
    FileKind kind = FileKind.of(file).orElse(null);
    if (kind != null) {
      throw new DataException("'" + file + "' is " + kind.words() + "; " + kind.remedy());
    }
    Reader decoder = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder());
    BufferedReader in = new BufferedReader(decoder, BEGIN);
    try {
      in.mark(1);
      if (in.read() != BYTE_ORDER_MARK) {
        in.reset();
      }
      return in;
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private DataException unreadable(IOException e) {
    return e instanceof CharacterCodingException
        ? new DataException("'" + file + "' is no text in UTF-8; save it in UTF-8", e)
        : DataException.unreadable(file, e);
  }

  /** What there is most of in the first line, outside of quotes: a comma if there is none. */
  private static char delimiter(String text) {
    int[] counts = new int[DELIMITERS.length()];
    boolean quoted = false;
    for (char c : text.stripLeading().toCharArray()) {
      quoted ^= c == '"';
      if (!quoted && (c == '\n' || c == '\r')) {
        break;
      }
      if (!quoted && DELIMITERS.indexOf(c) >= 0) {
        counts[DELIMITERS.indexOf(c)]++;
      }
    }
    int most = IntStream.range(0, counts.length).reduce(0, (a, b) -> counts[b] > counts[a] ? b : a);
    return DELIMITERS.charAt(most);
  }

  private Table read(Reader in, char delimiter) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180.builder()
            .setDelimiter(delimiter)
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get();
    try (CSVParser parser = CSVParser.builder().setReader(in).setFormat(format).get()) {
      List<String> columns = null;
      List<Table.Row> rows = new ArrayList<>();
      try {
        for (CSVRecord each : parser) {
          List<String> cells = each.stream().map(String::strip).toList();
          if (columns != null && (columns.size() == 1 || !isBlank(cells))) {
            rows.add(row(cells, parser.getCurrentLineNumber(), columns.size()));
          } else if (columns == null && !isBlank(cells)) {
            columns = header(cells);
          }
        }
      } catch (UncheckedIOException e) {
        if (e.getCause() instanceof CSVException) {
          throw quotes(parser.getCurrentLineNumber(), e);
        }
        throw e.getCause();
      }
      if (columns == null || rows.isEmpty()) {
        throw new DataException(
            "'" + file + "' has no rows; a table is a line with the names of its columns, and a line for each example");
      }
      return new Table(file, columns, rows);
    } catch (OutOfMemoryError e) {
      throw new DataException(
          "'%s' of %,d bytes does not fit into Java's memory; leave out rows or columns, or give it a larger -Xmx"
              .formatted(file, Files.size(file)), e);
    }
  }

  private DataException quotes(long line, UncheckedIOException e) {
    return new DataException(
        "'%s', line %,d: a quoted cell does not end where it should; write a quote in it twice".formatted(file, line), e);
  }

  private List<String> header(List<String> names) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (name.isEmpty()) {
        throw new DataException(
            "column " + (i + 1) + " of '" + file
                + "' has no name in the first line; name it, or take it away, in pandas with index=False");
      }
      if (!seen.add(name)) {
        throw new DataException("'" + file + "' has two columns '" + name + "'; rename one, or take it away");
      }
    }
    if (names.stream().allMatch(name -> Cell.number(name).isPresent())) {
      throw new DataException(
          "'" + file + "' begins with a line of numbers, " + Printable.value(String.join(", ", names))
              + "; put one before it with the names of the columns");
    }
    return names;
  }

  /** Whether it is a line with nothing but blanks, which is passed over as an empty one is. */
  private static boolean isBlank(List<String> cells) {
    return cells.size() == 1 && cells.getFirst().isEmpty();
  }

  private Table.Row row(List<String> cells, long line, int columns) {
    if (cells.size() != columns) {
      throw new DataException(
          "'%s', line %,d: it has %,d cells, and the header %,d; write empty ones where values are missing"
              .formatted(file, line, cells.size(), columns));
    }
    return new Table.Row(line, CompactCells.of(cells));
  }
}
