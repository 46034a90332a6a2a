// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

/** Some of the rows that lie in a file, by their indices. */
record SelectedRows(FileRows all, int... indices) implements TableRows {
  @Override
  public int count() {
    return indices.length;
  }

  @Override
  public Table.Row row(int index) {
    return all.row(indices[index]);
  }

  @Override
  public List<String> cells(int column) {
    List<String> cells = all.cells(column);
    return new AbstractList<>() {
      @Override
      public String get(int index) {
        return cells.get(indices[index]);
      }

      @Override
      public int size() {
        return indices.length;
      }
    };
  }

  @Override
  public TableRows select(int... some) {
    return all.select(of(some));
  }

  @Override
  public TableRows load(int... some) {
    return all.load(of(some));
  }

  private int[] of(int... some) {
    return Arrays.stream(some).map(i -> indices[i]).toArray();
  }
}
