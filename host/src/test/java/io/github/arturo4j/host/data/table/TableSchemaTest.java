// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.arturo4j.host.data.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is made of the rows to train on. */
class TableSchemaTest {
  private static final Path FILE = Path.of("t.csv");
  private final List<String> told = new ArrayList<>();

  /** A table of words in lines, the names of the columns first; "_" is an empty cell. */
  static Table table(String... lines) {
    List<Table.Row> rows =
        IntStream.range(1, lines.length).mapToObj(i -> new Table.Row(i + 1, words(lines[i]))).toList();
    return new Table(FILE, words(lines[0]), rows);
  }

  private static List<String> words(String line) {
    return Arrays.stream(line.split(" ")).map(word -> word.equals("_") ? "" : word).toList();
  }

  private TableSchema infer(TableOptions options, String... lines) {
    return TableSchema.infer(table(lines), options, told::add);
  }

  private void refused(String line, TableOptions options, String... lines) {
    assertThatExceptionOfType(DataException.class).isThrownBy(() -> infer(options, lines)).withMessage(line);
  }

  @Test
  void columnsAreOfNumbersOrOfCategories() {
    TableSchema schema =
        infer(TableOptions.NONE, "age zip city y", "1 01 Rome b", "4 x Oslo a", "_ 01 NA b", "7 _ Rome a");
    assertThat(schema.numbers()).containsExactly(new NumberColumn("age", new Scale(4, Math.sqrt(6)), true));
    assertThat(schema.categories())
        .containsExactly(
            new CategoryColumn("zip", List.of("", "01", "x")), new CategoryColumn("city", List.of("", "Oslo", "Rome")));
    assertThat(schema.task()).isEqualTo(Task.classification);
    assertThat(schema.classes()).containsExactly("a", "b");
    assertThat(schema.outputs()).isEqualTo(2);
    assertThat(schema.features())
        .containsExactly(
            "age", "age is missing", "zip is missing", "zip=01", "zip=x", "city is missing", "city=Oslo", "city=Rome")
        .hasSize(schema.width());
    assertThat(told).isEmpty();
  }

  @Test
  void whatTellsNothingIsLeftOut() {
    TableSchema schema =
        infer(TableOptions.NONE.withTarget("y").withoutColumns("b"), "y one id none b x k", "1 5 a _ 1 2 u", "2 5.0 b NaN 2 3 u",
            "1 5 c ? 3 4 u", "2 5 _ null 4 5 u");
    assertThat(schema.numbers()).extracting(NumberColumn::name).containsExactly("x");
    assertThat(schema.categories()).isEmpty();
    assertThat(schema.dropped()).extracting(DroppedColumn::name).containsExactly("one", "id", "none", "b", "k");
    assertThat(told)
        .containsExactly(
            "left out column 'one' of 't.csv': it has the same value in each row",
            "left out column 'id' of 't.csv': it has another text in each row, as names and keys have",
            "left out column 'none' of 't.csv': it has no values",
            "left out column 'k' of 't.csv': it has the same value in each row");
  }

  @Test
  void ofANumberThatIsThereOrNotTheIndicatorTells() {
    TableSchema schema = infer(TableOptions.NONE, "x y", "3 a", "_ b", "3 a");
    assertThat(schema.numbers()).containsExactly(new NumberColumn("x", new Scale(3, 1), true));
  }

  @Test
  void wordsThatLookLikeNumbersAreNone() {
    TableSchema schema =
        infer(TableOptions.NONE, "a b c d e f y", "1f 0x1p3 1_000 Infinity 1e999 2026-01-01 p",
            "1f 0x1p3 1_000 Infinity 1e999 2026-01-01 q",
            "2 2 2 2 2 2 p", "+1.e-3 .5 -0 1E+2 007 -e. q");
    assertThat(schema.numbers()).isEmpty();
    assertThat(schema.categories()).hasSize(6);
  }

  @Test
  void aUserMaySayOtherwise() {
    String[] lines = {"zip size y", "1 1 0.5", "2 x 1.5", "1 2 0.5", "2 x 2.5"};
    TableSchema schema = infer(TableOptions.NONE.withCategories("zip").withTask(Task.classification), lines);
    assertThat(schema.categories()).extracting(CategoryColumn::name).containsExactly("zip", "size");
    assertThat(schema.classes()).containsExactly("0.5", "1.5", "2.5");
    refused("'t.csv', line 3: 'x' in column 'size' is no finite number; correct it, or make it a column of categories",
        TableOptions.NONE.withNumbers("size"), lines);
    refused("'t.csv' has no column 'sise'; its columns are: zip, size, y", TableOptions.NONE.withNumbers("sise"), lines);
    refused("'t.csv' has no column 'z'; its columns are: zip, size, y", TableOptions.NONE.withTarget("z"), lines);
    refused("column 'y' is to be predicted and to be left out; choose one", TableOptions.NONE.withoutColumns("y"), lines);
    refused("column 'zip' is said to be of numbers and of categories; choose one",
        TableOptions.NONE.withNumbers("zip").withCategories("zip"), lines);
    refused("column 'size' of 't.csv' has 3 categories, more than 2; leave it out, or group them",
        TableOptions.NONE.withMaxCategories(2), lines);
  }

  @Test
  void aColumnThatIsMeantToBeOfNumbersIsToldOf() {
    String[] lines = new String[21];
    lines[0] = "x money few y";
    for (int i = 1; i <= 20; i++) {
      lines[i] = (i == 7 ? "n.a." : i % 5) + " " + (i == 3 ? "_" : i + ",5") + " " + (i % 5 == 0 ? "x" : 1) + " " + "ab".charAt(i % 2);
    }
    infer(TableOptions.NONE, lines);
    assertThat(told)
        .containsExactly(
            "column 'x' of 't.csv' is not one of numbers: 'n.a.' in line 8 is no number; correct it or leave it empty, or"
                + " say by 'categories' that it has some",
            "column 'money' of 't.csv' is not one of numbers: '1,5' in line 2 is no number; write 1.5, or say by 'categories' that it"
                + " has some",
            "left out column 'money' of 't.csv': it has another text in each row, as names and keys have");
    told.clear();
    infer(TableOptions.NONE.withCategories("x", "money"), lines);
    assertThat(told).containsExactly("left out column 'money' of 't.csv': it has another text in each row, as names and keys have");
    refused("column 'x' of 't.csv' has 6 categories, more than 2: 'n.a.' in line 8 is no number; correct it or leave it empty; leave"
        + " it out, or group them", TableOptions.NONE.withMaxCategories(2), lines);
  }

  @Test
  void aHeaderThatIsARowIsToldOf() {
    infer(TableOptions.NONE, "5.1 3 a", "4.9 2 a", "4.7 1 b");
    assertThat(told)
        .containsExactly(
            "the first line of 't.csv' has numbers, such as '5.1', that count as names of columns; if it is a row, put a line with"
                + " names before it");
    told.clear();
    infer(TableOptions.NONE, "0 1.0 y", "4.9 2 a", "4.7 1 b");
    assertThat(told).isEmpty();
  }

  private TableSchema ofTargets(Task task, String... targets) {
    String[] lines = new String[targets.length + 1];
    lines[0] = "x y";
    for (int i = 0; i < targets.length; i++) {
      lines[i + 1] = i + " " + targets[i];
    }
    return infer(TableOptions.NONE.withTask(task), lines);
  }

  @Test
  void aFewWholeNumbersAreClassesAndOtherNumbersValues() {
    assertThat(ofTargets(null, "10", "2", "10.0", "2").classes()).containsExactly("2", "10");
    assertThat(ofTargets(null, "-1", "1", "1", "-1").classes()).containsExactly("-1", "1");
    assertThat(ofTargets(null, "1", "2", "3").task()).isEqualTo(Task.regression); // not twice each
    assertThat(ofTargets(null, "0.5", "1", "0.5", "1").task()).isEqualTo(Task.regression);
    assertThat(ofTargets(null, "0.5", "1", "x", "1").task()).isEqualTo(Task.classification);
    String[] many = IntStream.range(0, 42).mapToObj(i -> "" + i % 21).toArray(String[]::new);
    assertThat(ofTargets(null, many).task()).isEqualTo(Task.regression);
    assertThat(ofTargets(Task.classification, many).outputs()).isEqualTo(21);
    assertThat(ofTargets(Task.regression, "1", "3", "1", "3").scale()).isEqualTo(new Scale(2, 1));
    assertThat(ofTargets(Task.regression, "1", "3", "1", "3").outputs()).isEqualTo(1);
  }

  @Test
  void targetsFromWhichNothingIsLearntAreRefused() {
    refused("'t.csv', line 3: the target 'y' is missing ('?'); give it a value, or take the row away", TableOptions.NONE, "x y",
        "1 2", "2 ?");
    refused("the target 'y' of 't.csv' is 'a' in each row; there is nothing to tell apart: choose another column",
        TableOptions.NONE, "x y", "1 a", "2 a");
    refused("the target 'y' of 't.csv' is 1.5 in each row; there is nothing to predict: choose another column",
        TableOptions.NONE, "x y", "1 1.5", "2 1.5");
    refused("'t.csv', line 3: the target 'y' is 'b', no finite number; correct it, or make the task a classification",
        TableOptions.NONE.withTask(Task.regression), "x y", "1 1.5", "2 b");
    refused("the target 'y' of 't.csv' has 3 classes, more than 2; choose another column, a regression if it has numbers, or group"
        + " them", TableOptions.NONE.withMaxCategories(2), "x y", "1 a", "2 b", "3 c");
    refused("'t.csv' has no column to predict 'y' from; it needs one with different values, and not another text in each row",
        TableOptions.NONE, "x y", "a 1", "b 2");
    refused("column 'x' of 't.csv' has numbers too large to compute with; divide them, or leave it out", TableOptions.NONE, "x y",
        "1e300 1", "-1e300 2");
  }

  @Test
  void isKeptInFiles() throws IOException {
    TableSchema classes =
        infer(TableOptions.NONE, "age city id y", "1 Rome u no", "4 _ v yes", "_ Oslo w no", "7 Rome x yes");
    TableSchema values = ofTargets(Task.regression, "1e-7", "3", "1", "3");
    for (ObjectMapper mapper : List.of(new ObjectMapper(), new YAMLMapper())) {
      for (TableSchema schema : List.of(classes, values)) {
        String text = mapper.writeValueAsString(schema);
        assertThat(mapper.readValue(text, TableSchema.class)).isEqualTo(schema);
        assertThat(text).doesNotContain("width", "outputs", "features");
      }
    }
  }

  @Test
  void whatIsKeptIsChecked() {
    List<NumberColumn> numbers = List.of(new NumberColumn("x", new Scale(0, 1), false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TableSchema("y", Task.regression, List.of(), null, numbers, List.of(), List.of()))
        .withMessage("a table's schema has two classes or more and no scale, or is a regression with a scale and no classes; it is a"
            + " regression with 0 classes and scale null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TableSchema("y", Task.regression, null, null, numbers, List.of(), List.of()))
        .withMessage("a table's schema has target, task, classes, numbers, categories and dropped, and one of them is missing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TableSchema("y", Task.regression, List.of(), new Scale(0, 1), List.of(), List.of(), List.of()))
        .withMessage("a table's schema has no columns to learn from");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scale(1, 0))
        .withMessage("mean is 1.0 and deviation 0.0; they are numbers, the second positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CategoryColumn("c", List.of("a", "a")))
        .withMessage("column of categories 'c' has none, or one twice: [a, a]");
  }
}
