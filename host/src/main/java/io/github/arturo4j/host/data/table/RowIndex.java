// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import java.util.Arrays;
import java.util.List;

/**
 * Where in its file each row of a table is.
 *
 * @param begins the byte that each begins at, or blank lines before it, and at last the byte behind the last one
 * @param lines the line that each ends in, from 1
 * @param characters those of each column, of all rows
 */
record RowIndex(long[] begins, long[] lines, long[] characters) {
  int count() {
    return lines.length;
  }

  /** Bytes of a row, and of blank lines around it. */
  int length(int row) {
    return Math.toIntExact(begins[row + 1] - begins[row]);
  }

  /** Collects it, row by row. */
  static final class Builder {
    private static final int FEW = 1 << 10;

    private long[] begins = new long[FEW];
    private long[] lines = new long[FEW];
    private long[] characters;
    private int count;

    void add(List<String> cells, long line, long begin) {
      if (count == lines.length) {
        begins = Arrays.copyOf(begins, 2 * count);
        lines = Arrays.copyOf(lines, 2 * count);
      }
      if (characters == null) {
        characters = new long[cells.size()];
      }
      for (int column = 0; column < characters.length; column++) {
        characters[column] += cells.get(column).length();
      }
      begins[count] = begin;
      lines[count++] = line;
    }

    /** The index of a file of so many bytes. */
    RowIndex build(long size) {
      long[] all = Arrays.copyOf(begins, count + 1);
      all[count] = size;
      return new RowIndex(all, Arrays.copyOf(lines, count), characters);
    }
  }
}
