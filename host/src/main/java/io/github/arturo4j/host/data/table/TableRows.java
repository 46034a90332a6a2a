// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import java.util.List;

/** The rows of a table, in memory or in its file. Several threads may ask for them. */
interface TableRows {
  /** How many there are. */
  int count();

  /** One of them. */
  Table.Row row(int index);

  /** The cells of a column, of all rows. */
  List<String> cells(int column);

  /** Some of them, by their indices, in this order, where they are. */
  TableRows select(int... indices);

  /** The same, in memory. */
  TableRows load(int... indices);
}
