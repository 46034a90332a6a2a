// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.arturo4j.host.data.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of two rows, and what is wrong with them, in the line that is said. */
class TableReaderTest {
  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private static Stream<Table.Row> rows(Table table) {
    return IntStream.range(0, table.count()).mapToObj(table::row);
  }

  private static List<List<String>> cells(Table table) {
    return rows(table).map(Table.Row::cells).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,x\n2,y\n", "a,b\r\n1,x\r\n2,y", "\ufeffa;b\n1;x\n2;y", "a\tb\n1\tx\n2\ty", "\"a\",\"b\"\n\"1\",\"x\"\n2,y",
        " a , b \n\n 1 , x \n\n2 ,y\n\n", "\n \na,b\n1,x\n  \n2,y", "\"a\"; \"b\"\n1;x\n2;y"
      })
  void isReadAsWhatItIs(String text) throws IOException {
    Table table = Table.read(write(text));
    assertThat(table.columns()).containsExactly("a", "b");
    assertThat(cells(table)).containsExactly(List.of("1", "x"), List.of("2", "y"));
  }

  @Test
  void quotesHideDelimitersAndLineEnds() throws IOException {
    Table table = Table.read(write("\"a;,\nb\";c\n\"x;\"\"y\"\"\n\";1,5\n;\n"));
    assertThat(table.columns()).containsExactly("a;,\nb", "c");
    assertThat(cells(table)).containsExactly(List.of("x;\"y\"", "1,5"), List.of("", ""));
    assertThat(rows(table)).extracting(Table.Row::line).containsExactly(4L, 5L);
  }

  @Test
  void aDelimiterMayBeSaidAndOneColumnNeedsNone() throws IOException {
    assertThat(Table.read(write("a|b,c\n1|2,3\n"), '|').columns()).containsExactly("a", "b,c");
    assertThat(rows(Table.read(write("a\n1\n2")))).extracting(Table.Row::line).containsExactly(2L, 3L);
  }

  record Fault(String text, String line) {}

  static Stream<Fault> faults() {
    String none = "'FILE' has no rows; a table is a line with the names of its columns, and a line for each example";
    String quote = ": a quoted cell does not end where it should; write a quote in it twice";
    return Stream.of(
        new Fault("", none),
        new Fault("a,b\n", none),
        new Fault("\n \n", none),
        new Fault("a,b\n1,2\n1\n", "'FILE', line 3: it has 1 cells, and the header 2; write empty ones where values are missing"),
        new Fault("a,b\n1,2,3\n", "'FILE', line 2: it has 3 cells, and the header 2; write empty ones where values are missing"),
        new Fault("a,b,a\n1,2,3\n", "'FILE' has two columns 'a'; rename one, or take it away"),
        new Fault(",b\n0,2\n", "column 1 of 'FILE' has no name in the first line; name it, or take it away, in pandas with"
            + " index=False"),
        new Fault("1,2.5\n3,4\n", "'FILE' begins with a line of numbers, 1, 2.5; put one before it with the names of the columns"),
        new Fault("a,b\n1,\"2\n3,4\n", "'FILE', line 3" + quote),
        new Fault("a,b\n1,\"2\"3\n", "'FILE', line 2" + quote),
        new Fault("<!doctype html>", "'FILE' is a web page in place of the file; fetch the file itself: a server has answered with"
            + " a page"),
        new Fault("PK\u0003\u0004 as Excel writes", "'FILE' is a zip archive; unpack it"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isNamedWithWhatMendsIt(Fault fault) throws IOException {
    Path file = write(fault.text);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Table.read(file))
        .withMessage(fault.line.replace("FILE", file.toString()));
  }

  @Test
  void otherTextThanUtf8AndNoFileAreNamed() throws IOException {
    Path file = Files.write(folder.resolve("table.csv"), "a,b\n1,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Table.read(file))
        .withMessage("'" + file + "' is no text in UTF-8; save it in UTF-8");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> Table.read(folder))
        .withMessage("cannot read '" + folder + "': it is a folder; it must be a file that you may read");
  }

  @Test
  void aDamagedFileIsATableOrRefusedInOneLine() throws IOException {
    byte[] whole = "name,age,city,y\nAnn,3,\"Rome, It\",1\nBob,4.5,Oslo,0\nCid,,Oslo,1\nDan,7,Rome,0\n".getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("table.csv");
    for (int i = 0; i < whole.length; i++) {
      for (int value : new int[] {0, '\n', '\r', '"', ',', ';', '\t', 'e', '9', 0x7f, 0x80, 0xff}) {
        byte[] damaged = whole.clone();
        damaged[i] = (byte) value;
        Files.write(file, damaged);
        try {
          Table table = Table.read(file);
          new TableEncoder(TableSchema.infer(table, TableOptions.NONE, line -> {}), line -> {}).examples(table);
        } catch (DataException e) {
          assertThat(e.getMessage().lines()).hasSize(1);
        }
      }
    }
  }
}
