// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.CodePoints;
import io.github.arturo4j.host.io.Printable;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the rows to train on, and the user, say about the target. */
final class TargetInference {
  private static final int MAX_WHOLE_CLASSES = 20;

  private final Table table;
  private final String name;
  private final Task task;
  private final List<String> classes;
  private final Scale scale;

  TargetInference(Table table, int column, TableOptions options) {
    this.table = table;
    name = table.columns().get(column);
    List<String> cells = table.cells(column);
    for (int row = 0; row < cells.size(); row++) {
      checkThere(table, row, name, cells.get(row));
    }
    boolean whole = cells.stream().allMatch(Cell::isWhole);
    Set<String> different = new HashSet<>(whole ? cells.stream().map(Cell::whole).toList() : cells);
    task = options.task() != null ? options.task() : task(cells, whole, different.size());
    classes = task == Task.classification ? classes(different, whole, options.maxCategories()) : List.of();
    scale = task == Task.regression ? scale(cells) : null;
  }

  /** Throws if a target is missing. */
  static void checkThere(Table table, int row, String name, String cell) {
    if (Cell.isMissing(cell)) {
      throw table.fault(
          row, "the target '" + name + "' is missing ('" + cell + "'); give it a value, or take the row away");
    }
  }

  private static Task task(List<String> cells, boolean whole, int different) {
    boolean numbers = cells.stream().allMatch(cell -> Cell.number(cell).isPresent());
    boolean few = whole && different <= MAX_WHOLE_CLASSES && 2 * different <= cells.size();
    return numbers && !few ? Task.regression : Task.classification;
  }

  private List<String> classes(Set<String> different, boolean whole, int max) {
    if (different.size() < 2) {
      throw new DataException(
          "the target '" + name + "' of '" + table.file() + "' is '" + Printable.value(different.iterator().next())
              + "' in each row; there is nothing to tell apart: choose another column");
    }
    if (different.size() > max) {
      throw new DataException(
          "the target '%s' of '%s' has %,d classes, more than %,d; choose another column, a regression if it has numbers, or group them"
              .formatted(name, table.file(), different.size(), max));
    }
    return different.stream().sorted(whole ? Comparator.comparingLong(Long::parseLong) : CodePoints.ORDER).toList();
  }

  private Scale scale(List<String> cells) {
    double[] values = new double[cells.size()];
    for (int row = 0; row < values.length; row++) {
      values[row] = number(table, row, name, cells.get(row));
    }
    Moments moments = Moments.of(values);
    SchemaInference.checkFinite(table, name, moments);
    if (moments.deviation() == 0) {
      throw new DataException(
          "the target '" + name + "' of '" + table.file() + "' is " + moments.mean()
              + " in each row; there is nothing to predict: choose another column");
    }
    return new Scale(moments.mean(), moments.deviation());
  }

  /** The number that a target is; throws if it is none. */
  static double number(Table table, int row, String name, String cell) {
    return Cell.number(cell)
        .orElseThrow(
            () -> table.fault(
                row, "the target '" + name + "' is '" + Printable.value(cell)
                    + "', no finite number; correct it, or make the task a classification"));
  }

  Task task() {
    return task;
  }

  List<String> classes() {
    return classes;
  }

  Scale scale() {
    return scale;
  }
}
