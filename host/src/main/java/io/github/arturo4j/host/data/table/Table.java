// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import io.github.arturo4j.host.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A table: names of columns, and rows of cells, which are texts; in memory, or in its file. */
public final class Table {
  /** A file stays where it is that is more than this share of Java's memory: its texts take as much, and their features more. */
  private static final int SHARE = 4;

  /** Of Java's memory, for columns of a file. */
  private static final int SHARE_OF_COLUMNS = 8;

  private final Path file;
  private final List<String> columns;
  private final TableRows rows;

  /**
   * A row.
   *
   * @param line the line of the file that it ends in, from 1
   * @param cells without blanks around them
   */
  public record Row(long line, List<String> cells) {}

  /**
   * A table in memory.
   *
   * @param file where it is from, for messages
   * @param columns their names, each another
   * @param rows the rows under the header, each with a cell for each column
   */
  public Table(Path file, List<String> columns, List<Row> rows) {
    this(file, columns, new MemoryRows(rows));
  }

  Table(Path file, List<String> columns, TableRows rows) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  /**
   * Reads a CSV file (RFC 4180) in UTF-8, with or without a byte order mark, whose first line has the columns' names. They
   * are separated by commas, semicolons or tabs: what there is most of in the header, outside of quotes.
   *
   * @throws DataException if it cannot be read or is no such table; the line names the file and the row
   */
  public static Table read(Path file) {
    return new TableReader(file).read();
  }

  /** The same, of cells separated by that character. */
  public static Table read(Path file, char delimiter) {
    return new TableReader(file, delimiter).read();
  }

  /**
   * The same, of rows that stay in the file, and are read when they are needed; who reads them has a {@link DataException} if
   * one of them is another one by then.
   */
  public static Table open(Path file) {
    return new TableReader(file).open(Runtime.getRuntime().maxMemory() / SHARE_OF_COLUMNS);
  }

  /** That of a file, which stays there if it {@linkplain #isLarge is too large}. */
  public static Table of(Path file) {
    return isLarge(file) ? open(file) : read(file);
  }

  /** Whether a file is too large for its rows to lie in memory. */
  public static boolean isLarge(Path file) {
    try {
      return Files.size(file) > Runtime.getRuntime().maxMemory() / SHARE;
    } catch (IOException e) {
      return false; // which the reader tells of
    }
  }

  /** Where it is from, for messages. */
  public Path file() {
    return file;
  }

  /** The columns' names, each another. */
  public List<String> columns() {
    return columns;
  }

  /** How many rows there are under the header. */
  public int count() {
    return rows.count();
  }

  /** One of the rows, by its index. */
  public Row row(int index) {
    return rows.row(index);
  }

  /** These of its rows, by their indices, in this order, where they are. */
  public Table select(int... indices) {
    return new Table(file, columns, rows.select(indices));
  }

  /** The same, in memory. */
  public Table load(int... indices) {
    return new Table(file, columns, rows.load(indices));
  }

  /** The same under another name. */
  public Table named(Path name) {
    return new Table(name, columns, rows);
  }

  /**
   * The index of a column.
   *
   * @throws DataException if there is none of that name
   */
  int column(String name) {
    int index = columns.indexOf(name);
    if (index < 0) {
      throw new DataException(
          "'" + file + "' has no column '" + name + "'; its columns are: " + String.join(", ", columns));
    }
    return index;
  }

  /** The cells of a column. */
  List<String> cells(int column) {
    return rows.cells(column);
  }

  /** What is thrown for a cell. */
  DataException fault(int row, String what) {
    return new DataException("'%s', line %,d: %s".formatted(file, row(row).line(), what));
  }
}
