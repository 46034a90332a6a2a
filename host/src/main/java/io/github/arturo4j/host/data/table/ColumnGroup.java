// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/** Neighbouring columns of a table in the bytes that they take in UTF-8. */
final class ColumnGroup {
  /** Rows of a block: a column may take more bytes than one array holds. */
  private static final int BLOCK = 1 << 14;

  private final int first;
  private final List<List<List<String>>> blocks = new ArrayList<>();
  private final List<List<String>> pending = new ArrayList<>();
  private int rows;

  /** Columns from {@code first} on, up to but without {@code end}. */
  ColumnGroup(int first, int end) {
    this.first = first;
    for (int column = first; column < end; column++) {
      blocks.add(new ArrayList<>());
      pending.add(new ArrayList<>(BLOCK));
    }
  }

  boolean has(int column) {
    return column >= first && column < first + blocks.size();
  }

  /** Takes what it keeps of the next row. */
  void add(List<String> cells) {
    for (int i = 0; i < pending.size(); i++) {
      pending.get(i).add(cells.get(first + i));
    }
    if (++rows % BLOCK == 0) {
      close();
    }
  }

  /** To be called behind the last row. */
  void close() {
    for (int i = 0; i < pending.size(); i++) {
      if (!pending.get(i).isEmpty()) {
        blocks.get(i).add(CompactCells.of(pending.get(i)));
        pending.get(i).clear();
      }
    }
  }

  int rows() {
    return rows;
  }

  /** The cells of one of its columns. */
  List<String> cells(int column) {
    return new Cells(blocks.get(column - first), rows);
  }

  private static final class Cells extends AbstractList<String> implements RandomAccess {
    private final List<List<String>> blocks;
    private final int size;

    Cells(List<List<String>> blocks, int size) {
      this.blocks = blocks;
      this.size = size;
    }

    @Override
    public String get(int index) {
      return blocks.get(index / BLOCK).get(index % BLOCK);
    }

    @Override
    public int size() {
      return size;
    }
  }
}
