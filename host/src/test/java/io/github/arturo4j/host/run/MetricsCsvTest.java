// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsCsvTest {
  private static final List<EpochRow> THREE = IntStream.rangeClosed(1, 3).mapToObj(MetricsCsvTest::row).toList();

  /** As a checkpoint has them. */
  private static final List<EpochRow> KNOWN = THREE.stream().map(EpochRow::timeless).toList();

  @TempDir Path folder;
  private Path file;
  private MetricsCsv metrics;

  @BeforeEach
  void name() {
    file = folder.resolve("metrics.csv");
    metrics = new MetricsCsv(file);
  }

  static EpochRow row(int epoch) {
    return new EpochRow(epoch, .5, scores(1, .25), scores(2, .125), 3, 4, 5, Double.NaN, 1e-3, .75, 6, JudgingSet.test);
  }

  private static Scores scores(double loss, double accuracy) {
    return new Scores(loss, new TreeMap<>(Map.of("accuracy", accuracy)));
  }

  private String three() throws IOException {
    for (EpochRow row : THREE) {
      metrics.append(row);
    }
    return Files.readString(file);
  }

  @Test
  void rowsBeyondAndATornLineAreDropped() throws IOException {
    assertThat(metrics.keep(0, List.of())).isEmpty();
    assertThat(file).doesNotExist();
    String three = three();
    Files.writeString(file, three + "4,0.5,1.");
    assertThat(metrics.read(KNOWN)).isEqualTo(THREE);
    assertThat(metrics.keep(2, KNOWN.subList(0, 2))).isEqualTo(THREE.subList(0, 2));
    String two = Files.readString(file);
    assertThat(three).startsWith(two);
    Files.writeString(file, two.strip()); // an editor's doing: the next row must not join the last
    assertThat(metrics.keep(2, null)).hasSize(2);
    metrics.append(row(3));
    assertThat(file).hasContent(three);
  }

  /** A training that was killed while it wrote its first row, or the second one, has lost nothing. */
  @Test
  void theEpochInHandMayBeTornAtAnyByte() throws IOException {
    String three = three();
    int two = three.indexOf("\n3,") + 1;
    for (int length = two; length <= three.length(); length++) {
      Files.writeString(file, three.substring(0, length));
      assertThat(metrics.keep(2, KNOWN.subList(0, 2))).hasSize(2);
      assertThat(file).hasContent(three.substring(0, two));
    }
    for (int length = 0; length < new EpochRow.Header(List.of("accuracy"), JudgingSet.test).toString().length(); length++) {
      Files.writeString(file, three.substring(0, length));
      assertThat(metrics.keep(0, List.of())).isEmpty();
    }
  }

  /** The checkpoint is of three epochs: what is cut off before them is missed, whether it tells the rows or not. */
  @Test
  void noCutIsTaken() throws IOException {
    String three = three();
    for (int length = 0; length < three.length() - 1; length++) {
      Files.writeString(file, three.substring(0, length));
      assertThatIllegalArgumentException().as("%d bytes", length).isThrownBy(() -> metrics.keep(3, KNOWN))
          .withMessageContaining("delete it");
      assertThat(Files.readString(file)).isEqualTo(three.substring(0, length));
    }
    int last = three.lastIndexOf(','); // without it, no last column
    for (int length = 0; length <= last; length++) {
      Files.writeString(file, three.substring(0, length));
      assertThatIllegalArgumentException().as("%d bytes", length).isThrownBy(() -> metrics.keep(3, null))
          .withMessageContaining("--weights " + folder.resolve("model.safetensors"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\n1,       | \\n0,           | line 2 is epoch 0, not 1",
        "\\n1,       | \\n-1,          | line 2 is epoch -1, not 1",
        "\\n2,       | \\n3,           | line 3 is epoch 3, not 2",
        "\\n2,.*     | ''              | line 3 is epoch 3, not 2",
        "\\n(2,.*)   | \\n$1\\n$1      | line 4 is epoch 2, not 3",
        "\\n(1,.*)\\n(2,.*)\\n | \\n$2\\n$1\\n | line 2 is epoch 2, not 1",
        "\\n1,       | \\none,         | line 2 is 'one,0.50000000,1.000000,",
        "\\n1,       | \\n١,           | line 2 is '١,0.50000000,1.000000,",
        "\\n1,       | \\n1;           | no row: it has 12 columns",
        "\\n2,       | \\n\\n2,        | line 3 is '', no row",
        "1\\.000000  | NaN             | no row: a value is not finite",
        "2\\.000000  | Infinity        | no row: a value is not finite",
        "5\\.000     | -Infinity       | no row: a value is not finite",
        "3\\.000     | NaN             | no row: a value is not finite",
        "epoch,rate  | epoch,lr        | line 1 is 'epoch,lr,train_loss",
        "^.*\\n      | ''              | line 1 is '1,0.50000000,",
        "^           | \uFEFF          | line 1 is '\\ufeffepoch,rate",
        "\\n2,       | \\n2\u200B,     | line 3 is '2\\u200b,0.5",
        "0.250000    | 0.260000        | epoch 1 is not as the training wrote it",
        "\\n(3,.*),6 | \\n$1,7         | epoch 3 is not as the training wrote it"
      })
  void whatIsNotAsItWasWrittenIsRefusedAndLeftAsItIs(String from, String to, String fault) throws IOException {
    String spoilt = three().replaceFirst(from, to.replace("\\n", "\n"));
    Files.writeString(file, spoilt);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.keep(3, KNOWN))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
        .withMessageStartingWith("'" + file + "' was altered: ")
        .withMessageContaining(fault)
        .withMessageEndingWith("; delete it: going on writes it anew from the checkpoint");
    assertThat(Files.readString(file)).isEqualTo(spoilt);
    assertThatIllegalArgumentException().isThrownBy(() -> metrics.read(KNOWN)).withMessageContaining(fault);
  }

  /** What a checkpoint of an earlier version does not tell cannot be missed, as long as the rows are rows. */
  @Test
  void anEarlierVersionsRowsAreThoseThatAreThere() throws IOException {
    Files.writeString(file, three().replace("0.250000", "0.260000"));
    assertThat(metrics.keep(3, null)).hasSize(3);
  }

  @Test
  void theRemedyWorks() throws IOException {
    String three = three();
    Files.delete(file);
    assertThat(metrics.read(KNOWN)).as("nothing is there before").isEmpty();
    assertThat(metrics.keep(3, KNOWN)).isEqualTo(KNOWN);
    assertThat(file).hasContent(three.replace("3.000,4.000,5.000", "NaN,NaN,NaN"));
    assertThat(metrics.keep(3, KNOWN)).as("and can be read again").isEqualTo(KNOWN);
  }

  /** The columns of a classification are those of earlier versions; other metrics are told by the header. */
  @Test
  void theHeaderTellsTheMetrics() throws IOException {
    assertThat(three())
        .startsWith(
            "epoch,rate,train_loss,train_accuracy,test_loss,test_accuracy,network_seconds,optimizer_seconds,"
                + "evaluation_seconds,eta,kl_taken,negative_curvature,skipped_steps\n"
                + "1,0.50000000,1.000000,0.250000,2.000000,0.125000,3.000,4.000,5.000,NaN,0.00100000,0.750000,6\n");
    SequencedMap<String, Double> values = new LinkedHashMap<>();
    values.put("rmse", 1.5);
    values.put("r2", -.25);
    EpochRow row = new EpochRow(1, .5, new Scores(1, values), new Scores(2, values), 3, 4, 5, .5, 1e-3, .75, 6, JudgingSet.test);
    Path other = folder.resolve("other.csv");
    MetricsCsv regression = new MetricsCsv(other);
    regression.append(row);
    assertThat(Files.readAllLines(other).getFirst())
        .startsWith("epoch,rate,train_loss,train_rmse,train_r2,test_loss,test_rmse,test_r2,network_seconds,");
    assertThat(regression.read(null)).containsExactly(row);
    assertThat(regression.read(null).getFirst().metrics()).containsExactly("rmse", "r2");
    assertThat(regression.keep(1, List.of(row.timeless()))).containsExactly(row);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a long line", "\u0000"})
  void aLongLineIsShownInPart(String text) throws IOException {
    Files.writeString(file, text.repeat(100_000) + "\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.read(null))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(1000).contains("... ("));
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noPipeIsWaitedFor() throws Exception {
    assumeThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.read(null))
        .withMessage(
            "cannot read '" + file
                + "': it is a pipe or a device, no file; put back the file that the training wrote");
  }

  @Test
  void otherEncodingsAreNamed() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.keep(0, List.of()))
        .withMessage("cannot read '" + file + "': it is no text in UTF-8; put back the file that the training wrote");
  }

  @Test
  void windowsLineEndsAreTaken() throws IOException {
    String three = three();
    Files.writeString(file, three.replace("\n", "\r\n"));
    assertThat(metrics.keep(3, KNOWN)).isEqualTo(THREE);
    assertThat(Files.readString(file)).isEqualTo(three);
  }

  @Test
  void noLinkIsFollowed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "");
    Files.createSymbolicLink(file, victim);
    assertThatIOException().isThrownBy(() -> metrics.append(row(1)));
    assertThat(victim).isEmptyFile();
  }
}
