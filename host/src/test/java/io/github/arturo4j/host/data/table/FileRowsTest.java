// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.arturo4j.host.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that stay in their file are those that would lie in memory, whatever their texts are. */
class FileRowsTest {
  private static final String[] TEXTS = {
    "", "1", "-2.5e3", "word", " two words ", "\"quoted, with; both\"", "\"two\nlines\"", "\"a \"\"quote\"\"\"", "\"\r\n\"", "é",
    "\"ß,日本\"", "😀", "\"😀\n\ufeff\"", "NA", "\"\""
  };

  @TempDir Path folder;

  private static String text(Random random, int columns) {
    String end = random.nextBoolean() ? "\n" : "\r\n";
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "\ufeff" : "");
    text.append(String.join(",", IntStream.range(0, columns).mapToObj(i -> "ü" + i).toList())).append(end);
    int rows = 1 + random.nextInt(40);
    for (int row = 0; row < rows; row++) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        cells.add(TEXTS[random.nextInt(TEXTS.length)]);
      }
      if (String.join("", cells).isBlank()) {
        cells.set(0, "x");
      }
      text.append(String.join(",", cells)).append(row == rows - 1 && random.nextBoolean() ? "" : end);
      text.append(random.nextInt(5) == 0 && row < rows - 1 ? end.repeat(random.nextInt(3)) : "");
      text.append(random.nextInt(5) == 0 && row < rows - 1 && columns > 1 ? "  " + end : "");
    }
    return text.toString();
  }

  @Test
  void areThoseInMemory() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int columns = 1 + random.nextInt(5);
      String text = text(random, columns);
      Path file = Files.writeString(folder.resolve("table.csv"), text);
      Table memory = Table.read(file, ',');
      Table open = new TableReader(file, ',').open(random.nextInt(400));
      assertThat(open.columns()).isEqualTo(memory.columns());
      assertThat(open.count()).as("seed %d: %s", seed, text).isEqualTo(memory.count());
      int[] some = random.ints(random.nextInt(20), 0, memory.count()).toArray();
      assertSame(open, memory, "seed " + seed + ": " + text);
      assertSame(open.load(some), memory.select(some), "seed " + seed);
      assertSame(open.select(some), memory.select(some), "seed " + seed);
      int[] fewer = IntStream.range(0, some.length / 2).map(i -> some.length - 1 - i).toArray();
      assertSame(open.select(some).load(fewer), memory.select(some).select(fewer), "seed " + seed);
      assertSame(open.select(some).select(fewer), memory.select(some).select(fewer), "seed " + seed);
    }
  }

  private static void assertSame(Table actual, Table expected, String what) {
    assertThat(actual.count()).as(what).isEqualTo(expected.count());
    for (int row = 0; row < expected.count(); row++) {
      assertThat(actual.row(row)).as(what).isEqualTo(expected.row(row));
    }
    for (int column = 0; column < expected.columns().size(); column++) {
      assertThat(List.copyOf(actual.cells(column))).as(what).isEqualTo(expected.cells(column));
    }
  }

  @Test
  void manyRowsAreReadColumnByColumn() throws IOException {
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (int row = 0; row < 40_000; row++) {
      text.append(row).append(",x,").append(row % 7).append('\n');
    }
    Table table = new TableReader(Files.writeString(folder.resolve("table.csv"), text), ',').open(1);
    assertThat(table.cells(0).get(39_999)).isEqualTo("39999");
    assertThat(table.cells(2).get(20_000)).isEqualTo("1");
    assertThat(table.cells(1)).hasSize(40_000).containsOnly("x");
    assertThat(table.row(12_345).line()).isEqualTo(12_347);
  }

  @Test
  void aRowThatHasChangedIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("table.csv"), "a,b\n1,2\n3,4\n5,6\n");
    Table table = Table.open(file);
    Files.writeString(file, "a,b\n1,2\n3,5\n5,6\n");
    assertThat(table.row(2).cells()).containsExactly("5", "6");
    refused(() -> table.load(0, 1), "'" + file + "', line 3: it is another row than it was when it was read at first; put it back");
    Files.writeString(file, "a,b\n1,2\n");
    refused(() -> table.row(2), "line 4: it is another row");
    refused(() -> table.cells(0), "'" + file + "' has 1 rows, and had 3 when it was read at first; put it back as it was");
    Files.delete(file);
    refused(() -> table.row(0), file.toString());
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatExceptionOfType(DataException.class).isThrownBy(call).withMessageContaining(message);
  }
}
