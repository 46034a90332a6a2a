// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Makes features and targets of tables, as a schema says. Columns are found by their names; others than the schema's are left
 * alone, the target, too, where features are all that is asked for.
 *
 * <p>Targets of a regression are standardised, as numbers among the features are: a network learns prices in thousands as
 * well as shares below one. {@link TableSchema#scale} makes values of its outputs again; its deviation is the {@linkplain
 * Targets.Values#unit unit} of the targets, so that an RMSE is told in that of the column.
 */
public final class TableEncoder {
  private final TableSchema schema;
  private final Consumer<String> tell;
  private final Map<String, Map<String, Integer>> categories = new HashMap<>();

  /**
   * An encoder.
   *
   * @param tell gets a line for each column with values that training did not know
   */
  public TableEncoder(TableSchema schema, Consumer<String> tell) {
    this.schema = schema;
    this.tell = tell;
    schema.categories().forEach(column -> categories.put(column.name(), indices(column.values())));
  }

  /**
   * Features and targets.
   *
   * @throws DataException if a column is missing, or a value is none that it can have; one line
   */
  public Examples examples(Table table) {
    return Examples.of(features(table), targets(table));
  }

  /**
   * The features, [rows, {@link TableSchema#width}].
   *
   * @throws DataException if a column is missing, or a value is no number where there were numbers; one line
   */
  public Features features(Table table) {
    int width = schema.width();
    int rows = table.count();
    if ((long) rows * width > Features.MAX_VALUES) {
      throw new DataException(
          "%,d rows of '%s' are %,d features each, too many for one array; leave out rows, or columns with many"
              .formatted(rows, table.file(), width)
              + " categories, or let them be streamed (stream: true)");
    }
    float[] values = new float[rows * width];
    encode(table, (row, feature, value) -> values[row * width + feature] = value);
    return new Features.Floats(values, rows, shape());
  }

  /** Shape of a row's features. */
  Shape shape() {
    return new Shape(schema.width());
  }

  /** Whether the features of a table are more than one array of a device can hold. */
  public boolean isTooLarge(Table table) {
    return (long) table.count() * schema.width() * Float.BYTES > Features.MAX_VALUES;
  }

  /**
   * Features and targets, of which the features are made of the rows anew for each step.
   *
   * @throws DataException as {@link #examples}
   */
  public Examples stream(Table table) {
    check(table);
    return Examples.of(Features.of(new TableStream(table, new TableEncoder(schema, _ -> {}))), targets(table));
  }

  /**
   * Throws, and tells, what {@link #features} would, and makes none.
   *
   * @throws DataException as there
   */
  public void check(Table table) {
    encode(table, (row, feature, value) -> {});
  }

  /** Takes a feature of a row, of those that are not 0. */
  private interface Sink {
    void set(int row, int feature, float value);
  }

  private void encode(Table table, Sink sink) {
    int feature = 0;
    for (NumberColumn column : schema.numbers()) {
      encode(table, column, sink, feature);
      feature += column.width();
    }
    for (CategoryColumn column : schema.categories()) {
      encode(table, column, sink, feature);
      feature += column.values().size();
    }
  }

  private void encode(Table table, NumberColumn column, Sink sink, int feature) {
    List<String> cells = table.cells(table.column(column.name()));
    int missing = 0;
    for (int row = 0; row < cells.size(); row++) {
      if (!Cell.isMissing(cells.get(row))) {
        sink.set(row, feature, number(table, row, column, cells.get(row)));
      } else if (column.indicator()) {
        sink.set(row, feature + 1, 1);
      } else {
        missing++;
      }
    }
    if (missing > 0) {
      tell.accept(
          "column '%s' of '%s': %,d missing, and in training there were all; they count as its mean, %s"
              .formatted(column.name(), table.file(), missing, column.scale().mean()));
    }
  }

  private static float number(Table table, int row, NumberColumn column, String cell) {
    OptionalDouble number = Cell.number(cell);
    float value = number.isPresent() ? (float) column.scale().standardize(number.getAsDouble()) : Float.NaN;
    if (!Float.isFinite(value)) {
      throw table.fault(
          row, "'" + Printable.value(cell) + "' in column '" + column.name() + "' is "
              + (number.isPresent() ? "too far from its mean, " + column.scale().mean() : "no number, and was one in training")
              + "; correct it, or leave the cell empty");
    }
    return value;
  }

  private void encode(Table table, CategoryColumn column, Sink sink, int feature) {
    Map<String, Integer> indices = categories.get(column.name());
    List<String> cells = table.cells(table.column(column.name()));
    int unknown = 0;
    int first = -1;
    for (int row = 0; row < cells.size(); row++) {
      Integer index = indices.get(Cell.category(cells.get(row)));
      if (index != null) {
        sink.set(row, feature + index, 1);
      } else {
        first = unknown == 0 ? row : first;
        unknown++;
      }
    }
    if (unknown > 0) {
      tell.accept(
          "column '%s' of '%s': %,d of no category that training knew, the first in line %,d, '%s'; they count as none"
              .formatted(
                  column.name(), table.file(), unknown, table.row(first).line(), Printable.value(cells.get(first))));
    }
  }

  private static Map<String, Integer> indices(List<String> values) {
    Map<String, Integer> indices = new HashMap<>();
    values.forEach(value -> indices.put(value, indices.size()));
    return indices;
  }

  /**
   * The targets: labels, in the order of the schema's classes, or standardised values, one a row.
   *
   * @throws DataException if the target's column is missing, or a target is missing, no number or of no known class; one line
   */
  public Targets targets(Table table) {
    List<String> cells = table.cells(table.column(schema.target()));
    for (int row = 0; row < cells.size(); row++) {
      TargetInference.checkThere(table, row, schema.target(), cells.get(row));
    }
    return schema.task() == Task.classification ? classes(table, cells) : values(table, cells);
  }

  private Targets classes(Table table, List<String> cells) {
    Map<String, Integer> indices = indices(schema.classes());
    int[] labels = new int[cells.size()];
    for (int row = 0; row < labels.length; row++) {
      String cell = cells.get(row);
      Integer label = indices.get(cell);
      if (label == null && Cell.isWhole(cell)) {
        label = indices.get(Cell.whole(cell));
      }
      if (label == null) {
        throw table.fault(
            row, "the target '" + schema.target() + "' is '" + Printable.value(cell) + "', no class of the training rows ("
                + Printable.value(String.join(", ", schema.classes())) + "); correct it, or train on it, too");
      }
      labels[row] = label;
    }
    return Targets.classes(labels, schema.classes().size());
  }

  private Targets values(Table table, List<String> cells) {
    float[] values = new float[cells.size()];
    for (int row = 0; row < values.length; row++) {
      double value = TargetInference.number(table, row, schema.target(), cells.get(row));
      values[row] = (float) schema.scale().standardize(value);
      if (!Float.isFinite(values[row])) {
        throw table.fault(
            row, "the target '" + schema.target() + "' is " + cells.get(row) + ", too far from its mean, "
                + schema.scale().mean() + "; correct it");
      }
    }
    return new Targets.Values(values, 1, schema.scale().deviation());
  }
}
