// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import java.util.Arrays;
import java.util.List;

/** Rows that lie in memory. */
record MemoryRows(List<Table.Row> all) implements TableRows {
  MemoryRows {
    all = List.copyOf(all);
  }

  @Override
  public int count() {
    return all.size();
  }

  @Override
  public Table.Row row(int index) {
    return all.get(index);
  }

  @Override
  public List<String> cells(int column) {
    return all.stream().map(row -> row.cells().get(column)).toList();
  }

  @Override
  public TableRows select(int... indices) {
    return new MemoryRows(Arrays.stream(indices).mapToObj(all::get).toList());
  }

  @Override
  public TableRows load(int... indices) {
    return select(indices);
  }
}
