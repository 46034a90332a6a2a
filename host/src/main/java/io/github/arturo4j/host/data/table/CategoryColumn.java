// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import java.util.HashSet;
import java.util.List;

/**
 * A column of categories, which becomes a feature for each: 1 for that of the row, 0 for all others.
 *
 * @param name of the column
 * @param values the categories of the training rows, in the order of the features; an empty one stands for missing values
 */
public record CategoryColumn(String name, List<String> values) {
  /** Keeps its own list; checks that each category is there once. */
  public CategoryColumn {
    if (name == null || values == null || values.isEmpty() || new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException("column of categories '" + name + "' has none, or one twice: " + values);
    }
    values = List.copyOf(values);
  }
}
