// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.CodePoints;
import io.github.arturo4j.host.io.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the rows to train on, and the user, say about a table. */
final class SchemaInference {
  /** A column is meant to be of numbers if more than this share of its cells are some. */
  private static final double MOSTLY = 0.9;

  private final Table table;
  private final TableOptions options;
  private final Consumer<String> tell;
  private final List<NumberColumn> numbers = new ArrayList<>();
  private final List<CategoryColumn> categories = new ArrayList<>();
  private final List<DroppedColumn> dropped = new ArrayList<>();

  SchemaInference(Table table, TableOptions options, Consumer<String> tell) {
    this.table = table;
    this.options = options;
    this.tell = tell;
  }

  TableSchema infer() {
    String target = options.target() == null ? table.columns().getLast() : options.target();
    int targetColumn = table.column(target);
    checkOptions(target);
    table.columns().stream().filter(SchemaInference::isFraction).findFirst().ifPresent(this::tellOfHeader);
    TargetInference of = new TargetInference(table, targetColumn, options);
    for (int column = 0; column < table.columns().size(); column++) {
      if (column != targetColumn) {
        infer(column);
      }
    }
    if (numbers.isEmpty() && categories.isEmpty()) {
      throw new DataException(
          "'" + table.file() + "' has no column to predict '" + target + "' from; it needs one with different values, and not"
              + " another text in each row");
    }
    return new TableSchema(target, of.task(), of.classes(), of.scale(), numbers, categories, dropped);
  }

  private void checkOptions(String target) {
    Stream.of(options.numbers(), options.categories(), options.without()).flatMap(Set::stream).sorted()
        .forEach(table::column);
    if (options.without().contains(target)) {
      throw new DataException("column '" + target + "' is to be predicted and to be left out; choose one");
    }
    for (String name : options.numbers()) {
      if (options.categories().contains(name)) {
        throw new DataException("column '" + name + "' is said to be of numbers and of categories; choose one");
      }
    }
  }

  /** Names of columns may be numbers, as pandas makes them, but those are whole. */
  private static boolean isFraction(String name) {
    return Cell.number(name).isPresent() && !Cell.isWhole(name);
  }

  private void tellOfHeader(String name) {
    tell.accept(
        "the first line of '" + table.file() + "' has numbers, such as '" + Printable.value(name)
            + "', that count as names of columns; if it is a row, put a line with names before it");
  }

  private void infer(int column) {
    String name = table.columns().get(column);
    List<String> cells = table.cells(column);
    if (options.without().contains(name)) {
      dropped.add(new DroppedColumn(name, "was to be left out"));
    } else if (cells.stream().allMatch(Cell::isMissing)) {
      drop(name, "has no values");
    } else if (options.numbers().contains(name) || !options.categories().contains(name) && areNumbers(cells)) {
      inferNumbers(column, name, cells);
    } else {
      inferCategories(name, cells);
    }
  }

  /** What keeps a column from being one of numbers that it is meant to be; nothing if it is not, or is said to be of categories. */
  private Optional<String> strayCell(String name, List<String> cells) {
    int there = 0;
    int numbersThere = 0;
    int stray = -1;
    for (int row = 0; row < cells.size(); row++) {
      String cell = cells.get(row);
      if (!Cell.isMissing(cell)) {
        there++;
        if (Cell.number(withPoint(cell)).isPresent()) {
          numbersThere++;
        }
        if (stray < 0 && Cell.number(cell).isEmpty()) {
          stray = row;
        }
      }
    }
    if (options.categories().contains(name) || numbersThere <= MOSTLY * there) {
      return Optional.empty();
    }
    String cell = cells.get(stray);
    String remedy = Cell.number(withPoint(cell)).isPresent() ? "write " + withPoint(cell) : "correct it or leave it empty";
    return Optional.of(
        "'%s' in line %,d is no number; %s".formatted(Printable.value(cell), table.row(stray).line(), remedy));
  }

  private static String withPoint(String cell) {
    return cell.replace(',', '.');
  }

  private static boolean areNumbers(List<String> cells) {
    return cells.stream().allMatch(cell -> Cell.isMissing(cell) || Cell.number(cell).isPresent());
  }

  private void drop(String name, String reason) {
    dropped.add(new DroppedColumn(name, reason));
    tell.accept("left out column '" + name + "' of '" + table.file() + "': it " + reason);
  }

  private void inferNumbers(int column, String name, List<String> cells) {
    double[] values = new double[cells.size()];
    int count = 0;
    for (int row = 0; row < cells.size(); row++) {
      if (!Cell.isMissing(cells.get(row))) {
        OptionalDouble value = Cell.number(cells.get(row));
        if (value.isEmpty()) {
          throw table.fault(
              row, "'" + Printable.value(cells.get(row)) + "' in column '" + name
                  + "' is no finite number; correct it, or make it a column of categories");
        }
        values[count++] = value.getAsDouble();
      }
    }
    Moments moments = Moments.of(Arrays.copyOf(values, count));
    checkFinite(table, table.columns().get(column), moments);
    boolean missing = count < cells.size();
    if (moments.deviation() > 0) {
      numbers.add(new NumberColumn(name, new Scale(moments.mean(), moments.deviation()), missing));
    } else if (missing) { // whether it is there may tell something
      numbers.add(new NumberColumn(name, new Scale(moments.mean(), 1), true));
    } else {
      drop(name, "has the same value in each row");
    }
  }

  /** Throws if the numbers of a column are too large to standardise. */
  static void checkFinite(Table table, String name, Moments moments) {
    if (!Double.isFinite(moments.mean()) || !Double.isFinite(moments.deviation())) {
      throw new DataException(
          "column '" + name + "' of '" + table.file() + "' has numbers too large to compute with; divide them, or leave it out");
    }
  }

  private void inferCategories(String name, List<String> cells) {
    Set<String> values = new HashSet<>();
    cells.forEach(cell -> values.add(Cell.category(cell)));
    Optional<String> stray = strayCell(name, cells);
    if (values.size() > options.maxCategories() && values.size() < cells.size()) {
      throw new DataException(
          "column '%s' of '%s' has %,d categories, more than %,d%s; leave it out, or group them"
              .formatted(name, table.file(), values.size(), options.maxCategories(), stray.map(": "::concat).orElse("")));
    }
    stray.ifPresent(
        what -> tell.accept(
            "column '" + name + "' of '" + table.file() + "' is not one of numbers: " + what
                + ", or say by 'categories' that it has some"));
    if (values.size() == 1) {
      drop(name, "has the same value in each row");
    } else if (values.size() == cells.size()) {
      drop(name, "has another text in each row, as names and keys have");
    } else {
      categories.add(new CategoryColumn(name, values.stream().sorted(CodePoints.ORDER).toList()));
    }
  }
}
