// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import static io.github.arturo4j.host.data.table.TableSchemaTest.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Rows as features and targets, those of training and others. */
class TableEncoderTest {
  private static final Table TRAINING = table("x n city y", "1 2 Rome b", "3 _ Oslo a", "5 4 Rome b");

  private final List<String> told = new ArrayList<>();

  private TableEncoder encoder(Table training, TableOptions options) {
    return new TableEncoder(TableSchema.infer(training, options, told::add), told::add);
  }

  private static float[] floats(Features features) {
    return ((Features.Floats) features).values();
  }

  @Test
  void rowsBecomeStandardisedNumbersAndOnesForCategories() {
    Examples examples = encoder(TRAINING, TableOptions.NONE).examples(TRAINING);
    float z = (float) (2 / Math.sqrt(8 / 3.0));
    assertThat(examples.shape()).isEqualTo(new Shape(5));
    assertThat(floats(examples.features())).containsExactly(-z, -1, 0, 0, 1, 0, 0, 1, 1, 0, z, 1, 0, 0, 1);
    assertThat(((Targets.Classes) examples.targets()).labels()).containsExactly(1, 0, 1);
    assertThat(((Targets.Classes) examples.targets()).classes()).isEqualTo(2);
    assertThat(told).isEmpty();
  }

  @Test
  void otherRowsAreEncodedByWhatTrainingKnewAndNeedNoTarget() {
    TableEncoder encoder = encoder(TRAINING, TableOptions.NONE);
    Features features = encoder.features(table("city n more x", "Bonn 3 1 3", "Rome _ 2 NA", "_ 3 3 _"));
    assertThat(floats(features)).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0);
    assertThat(told)
        .containsExactly(
            "column 'x' of 't.csv': 2 missing, and in training there were all; they count as its mean, 3.0",
            "column 'city' of 't.csv': 2 of no category that training knew, the first in line 2, 'Bonn'; they count as none");
  }

  /** The same features, and what is to be told is told once. */
  @Test
  void streamedRowsAreTheSame() {
    TableEncoder encoder = encoder(TRAINING, TableOptions.NONE);
    Table rows = table("city n more x y", "Bonn 3 1 3 a", "Rome _ 2 NA b", "_ 3 3 _ a");
    Examples memory = encoder.examples(rows);
    List<String> lines = List.copyOf(told);
    told.clear();
    Examples streamed = encoder.stream(rows);
    assertThat(told).isEqualTo(lines).isNotEmpty();
    assertThat(streamed.features()).isInstanceOf(Features.Streamed.class);
    assertThat(streamed.shape()).isEqualTo(memory.shape());
    assertThat(floats(streamed.features().read(2, 0, 1))).isEqualTo(floats(memory.features().select(2, 0, 1)));
    assertThat(streamed.targets()).usingRecursiveComparison().isEqualTo(memory.targets());
    assertThat(told).hasSameSizeAs(lines);
    refused("'t.csv', line 2: 'much' in column 'x' is no number, and was one in training; correct it, or leave the cell empty",
        () -> encoder.stream(table("city n more x y", "Bonn 3 1 much a")));
  }

  private void refused(String line, Runnable action) {
    assertThatExceptionOfType(DataException.class).isThrownBy(action::run).withMessage(line);
  }

  @Test
  void whatCannotBeEncodedIsNamed() {
    TableEncoder encoder = encoder(TRAINING, TableOptions.NONE);
    refused("'t.csv' has no column 'n'; its columns are: x, city", () -> encoder.features(table("x city", "1 Rome")));
    refused("'t.csv' has no column 'y'; its columns are: x, n, city", () -> encoder.targets(table("x n city", "1 2 Rome")));
    refused("'t.csv', line 3: 'z' in column 'x' is no number, and was one in training; correct it, or leave the cell empty",
        () -> encoder.features(table("x n city", "1 2 Rome", "z 2 Rome")));
    refused("'t.csv', line 2: '1e200' in column 'x' is too far from its mean, 3.0; correct it, or leave the cell empty",
        () -> encoder.features(table("x n city", "1e200 2 Rome")));
    refused("'t.csv', line 2: the target 'y' is 'c', no class of the training rows (a, b); correct it, or train on it, too",
        () -> encoder.targets(table("y", "c")));
    refused("'t.csv', line 3: the target 'y' is missing (''); give it a value, or take the row away",
        () -> encoder.targets(table("y", "a", "_")));
  }

  @Test
  void classesThatAreNumbersAreKnownHoweverTheyAreWritten() {
    TableEncoder encoder = encoder(table("x y", "1 10", "2 2", "3 10", "4 2"), TableOptions.NONE);
    assertThat(((Targets.Classes) encoder.targets(table("y", "10.0", "2", "+2", "1e1"))).labels()).containsExactly(1, 0, 0, 1);
  }

  @Test
  void valuesAreStandardisedAndRestored() {
    Table training = table("x price", "1 100000", "2 300000", "3 200000");
    TableSchema schema = TableSchema.infer(training, TableOptions.NONE, told::add);
    TableEncoder encoder = new TableEncoder(schema, told::add);
    Targets.Values values = (Targets.Values) encoder.targets(table("price", "100000", "300000", "250000"));
    float z = (float) Math.sqrt(1.5);
    assertThat(values.values()).containsExactly(-z, z, z / 2);
    assertThat(schema.scale().restore(values.values()[2])).isCloseTo(250_000, within(0.01));
    refused("'t.csv', line 2: the target 'price' is 1e99, too far from its mean, 200000.0; correct it",
        () -> encoder.targets(table("price", "1e99")));
    refused("'t.csv', line 2: the target 'price' is 'dear', no finite number; correct it, or make the task a classification",
        () -> encoder.targets(table("price", "dear")));
  }

  /** Whatever the scale of the numbers, those of training have mean 0 and deviation 1. */
  @Property(tries = 300)
  void numbersOfTrainingHaveMeanZeroAndDeviationOne(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = random.nextInt(2, 40);
    double offset = Math.scalb(random.nextDouble(-1, 1), random.nextInt(-40, 40));
    double scale = Math.scalb(random.nextDouble(0.5, 1), random.nextInt(-10, 40)) * Math.max(Math.abs(offset), 1e-6);
    String[] lines = new String[rows + 1];
    lines[0] = "x c y";
    for (int i = 1; i <= rows; i++) {
      lines[i] = (offset + scale * random.nextDouble(-1, 1)) + " " + (char) ('a' + random.nextInt(3)) + " " + (i % 2 == 0 ? "u" : "v");
    }
    Table training = table(lines);
    TableSchema schema = TableSchema.infer(training, TableOptions.NONE, line -> {});
    float[] values = floats(new TableEncoder(schema, line -> {}).features(training));
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < rows; row++) {
      double x = values[row * schema.width()];
      sum += x;
      squares += x * x;
      float ones = 0;
      for (int i = 1; i < schema.width(); i++) {
        ones += values[row * schema.width() + i];
      }
      assertThat(ones).isEqualTo(schema.categories().size());
    }
    assertThat(sum / rows).isCloseTo(0, within(1e-5));
    assertThat(squares / rows).isCloseTo(1, within(1e-5));
  }
}
