// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import java.util.Set;

/**
 * What a user says of a table, in place of what its rows say.
 *
 * @param target name of the column to predict; null for the last one
 * @param task null for what {@link TableSchema#infer} makes of the target
 * @param numbers names of columns of numbers
 * @param categories names of columns of categories, of numbers, too, such as postal codes
 * @param without names of columns to leave out
 * @param maxCategories how many a column, or the target, may have
 */
public record TableOptions(
    String target, Task task, Set<String> numbers, Set<String> categories, Set<String> without, int maxCategories) {
  private static final int MAX_CATEGORIES = 1000;

  /** Nothing is said, and at most 1,000 categories. */
  public static final TableOptions NONE = new TableOptions(null, null, Set.of(), Set.of(), Set.of(), MAX_CATEGORIES);

  /** Keeps its own sets. */
  public TableOptions {
    numbers = Set.copyOf(numbers);
    categories = Set.copyOf(categories);
    without = Set.copyOf(without);
    if (maxCategories < 2) {
      throw new IllegalArgumentException("at most " + maxCategories + " categories; it must be 2 or more");
    }
  }

  /** With the column to predict. */
  public TableOptions withTarget(String name) {
    return new TableOptions(name, task, numbers, categories, without, maxCategories);
  }

  /** With the task. */
  public TableOptions withTask(Task wanted) {
    return new TableOptions(target, wanted, numbers, categories, without, maxCategories);
  }

  /** With columns of numbers. */
  public TableOptions withNumbers(String... names) {
    return new TableOptions(target, task, Set.of(names), categories, without, maxCategories);
  }

  /** With columns of categories. */
  public TableOptions withCategories(String... names) {
    return new TableOptions(target, task, numbers, Set.of(names), without, maxCategories);
  }

  /** Without some columns. */
  public TableOptions withoutColumns(String... names) {
    return new TableOptions(target, task, numbers, categories, Set.of(names), maxCategories);
  }

  /** With another limit. */
  public TableOptions withMaxCategories(int max) {
    return new TableOptions(target, task, numbers, categories, without, max);
  }
}
