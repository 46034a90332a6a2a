// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.FileKind;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.RegularFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** What separates cells. */
  private final char delimiter;

  /** Of a table whose header tells what separates its cells. */
  TableReader(Path file) {
    this.file = file;
    try (BufferedReader in = open(file)) {
      char[] begin = new char[BEGIN];
      delimiter = delimiter(new String(begin, 0, Math.max(in.read(begin), 0)));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  TableReader(Path file, char delimiter) {
    this.file = file;
    this.delimiter = delimiter;
  }

  /** The table in memory. */
  Table read() {
    List<Table.Row> rows = new ArrayList<>();
    try {
      List<String> columns = scan(false, (cells, line, begin) -> rows.add(new Table.Row(line, CompactCells.of(cells))));
      return new Table(file, columns, rows);
    } catch (OutOfMemoryError e) {
      throw new DataException(
          "'%s' of %,d bytes does not fit into Java's memory; let its rows stay there (stream: true), or give Java more (-Xmx)"
              .formatted(file, file.toFile().length()), e);
    }
  }

  /** The table in its file, of which columns of so many bytes may lie in memory. */
  Table open(long budget) {
    RowIndex.Builder index = new RowIndex.Builder();
    List<String> columns = scan(true, index::add);
    return new Table(file, columns, new FileRows(file, this, index.build(file.toFile().length()), budget));
  }

  /** Takes a row, the line that it ends in, and the byte that it begins at if that is asked for. */
  interface Sink {
    void row(List<String> cells, long line, long begin);
  }

  /** Reads all rows anew. */
  void rows(Sink sink) {
    scan(false, sink);
  }

  /** Behind the byte order mark, if there is one. */
  private static BufferedReader open(Path file) throws IOException {
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

  private static DataException unreadable(Path file, IOException e) {
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

  private CSVFormat format() {
    return CSVFormat.RFC4180.builder()
        .setDelimiter(delimiter)
        .setIgnoreEmptyLines(true)
        .setIgnoreSurroundingSpaces(true)
        .get();
  }

  /** Goes through the rows; the columns' names. */
  private List<String> scan(boolean bytes, Sink sink) {
    try (BufferedReader in = open(file);
        CSVParser parser =
            CSVParser.builder()
                .setReader(in)
                .setFormat(format())
                .setCharset(StandardCharsets.UTF_8)
                .setTrackBytes(bytes)
                .get()) {
      long mark = bytes ? markLength() : 0;
      List<String> columns = null;
      long rows = 0;
      try {
        for (CSVRecord each : parser) {
          List<String> cells = strip(each);
          if (columns != null && (columns.size() == 1 || !isBlank(cells))) {
            checkSize(cells, parser.getCurrentLineNumber(), columns.size());
            sink.row(cells, parser.getCurrentLineNumber(), mark + each.getBytePosition());
            rows++;
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
      if (rows == 0) {
        throw new DataException(
            "'" + file + "' has no rows; a table is a line with the names of its columns, and a line for each example");
      }
      return columns;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Bytes of the byte order mark; 0 if there is none. */
  private int markLength() throws IOException {
    byte[] mark = String.valueOf((char) BYTE_ORDER_MARK).getBytes(StandardCharsets.UTF_8);
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(mark.length), mark) ? mark.length : 0;
    }
  }

  /** The cells of one row in the text of its lines. */
  List<String> cells(String text) throws IOException {
    try (CSVParser parser = CSVParser.builder().setReader(new StringReader(text)).setFormat(format()).get()) {
      return CompactCells.of(strip(parser.iterator().next()));
    }
  }

  private static List<String> strip(CSVRecord cells) {
    return cells.stream().map(String::strip).toList();
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

  private void checkSize(List<String> cells, long line, int columns) {
    if (cells.size() != columns) {
      throw new DataException(
          "'%s', line %,d: it has %,d cells, and the header %,d; write empty ones where values are missing"
              .formatted(file, line, cells.size(), columns));
    }
  }
}
