// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.host.data.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * How rows become features and targets: all that is learnt from the training rows, and kept with a network. The features are
 * those of the columns of numbers, then those of the columns of categories, each in the order of the training file.
 *
 * @param target name of the column to predict
 * @param task what is learnt of it
 * @param classes names of its classes, in the order of their labels; empty in a regression
 * @param scale mean and deviation of its values; null in a classification
 * @param numbers the columns of numbers
 * @param categories the columns of categories
 * @param dropped the columns that are left out
 */
public record TableSchema(
    String target, Task task, List<String> classes, @JsonInclude(JsonInclude.Include.NON_NULL) Scale scale,
    List<NumberColumn> numbers, List<CategoryColumn> categories, List<DroppedColumn> dropped) {
  /** Checks that nothing is missing. */
  public TableSchema {
    if (target == null || task == null || classes == null || numbers == null || categories == null || dropped == null) {
      throw new IllegalArgumentException(
          "a table's schema has target, task, classes, numbers, categories and dropped, and one of them is missing");
    }
    if (task == Task.classification ? classes.size() < 2 || scale != null : !classes.isEmpty() || scale == null) {
      throw new IllegalArgumentException(
          "a table's schema has two classes or more and no scale, or is a regression with a scale and no classes; it is a "
              + task + " with " + classes.size() + " classes and scale " + scale);
    }
    if (numbers.isEmpty() && categories.isEmpty()) {
      throw new IllegalArgumentException("a table's schema has no columns to learn from");
    }
    classes = List.copyOf(classes);
    numbers = List.copyOf(numbers);
    categories = List.copyOf(categories);
    dropped = List.copyOf(dropped);
  }

  /**
   * Understands a table by the rows to train on.
   *
   * <p>A column is one of numbers if all that is not missing in it are finite decimal numbers, else one of categories.
   * Missing are empty cells, NA, N/A, NaN, ? and null, in capitals or not. A column is dropped that has one value only,
   * or is one of categories with another value in each row, such as names or keys.
   *
   * <p>The task is a regression if the target's values are numbers, but a classification if these are whole, at most 20
   * different ones, and each occurs twice on average or more.
   *
   * @param tell gets a line for each column that is dropped
   * @throws DataException if nothing can be learnt from it; one line that names the file and the column
   */
  public static TableSchema infer(Table training, TableOptions options, Consumer<String> tell) {
    return new SchemaInference(training, options, tell).infer();
  }

  /** Number of features of a row. */
  public int width() {
    return numbers.stream().mapToInt(NumberColumn::width).sum()
        + categories.stream().mapToInt(column -> column.values().size()).sum();
  }

  /** Outputs that a network needs: one for each class, or for the value. */
  public int outputs() {
    return task == Task.classification ? classes.size() : 1;
  }

  /** The features' names: {@code age}, {@code age is missing}, {@code city=Rome}. */
  public List<String> features() {
    List<String> names = new ArrayList<>();
    for (NumberColumn column : numbers) {
      names.add(column.name());
      if (column.indicator()) {
        names.add(column.name() + " is missing");
      }
    }
    for (CategoryColumn column : categories) {
      column.values().forEach(
          value -> names.add(value.isEmpty() ? column.name() + " is missing" : column.name() + "=" + value));
    }
    return names;
  }
}
