// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import io.github.arturo4j.host.data.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a table, as texts.
 *
 * @param file where it is from, for messages
 * @param columns their names, each another
 * @param rows the rows under the header, each with a cell for each column
 */
public record Table(Path file, List<String> columns, List<Row> rows) {
  /**
   * A row.
   *
   * @param line the line of the file that it ends in, from 1
   * @param cells without blanks around them
   */
  public record Row(long line, List<String> cells) {}

  /** Keeps its own lists. */
  public Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
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
    return new TableReader(file).read(delimiter);
  }

  /** These of its rows, by their indices, in this order. */
  public Table select(int... indices) {
    return new Table(file, columns, Arrays.stream(indices).mapToObj(rows::get).toList());
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
    return rows.stream().map(row -> row.cells().get(column)).toList();
  }

  /** What is thrown for a cell. */
  DataException fault(int row, String what) {
    return new DataException("'%s', line %,d: %s".formatted(file, rows.get(row).line(), what));
  }
}
