// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.cli.Cli.Outcome;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs that earlier versions have written go on and are evaluated. Those of version 0.1.0 tell less; those of a later one
 * ({@value #WITH_IMAGES}) tell the images and rows, too, and their settings as lines of text. These began with weights of
 * zeros, which leave the archive small: {@code finished} has its two epochs, {@code stopped} one and a step of the second.
 */
class EarlierVersionTest {
  private static final String FIRST = "/runs-0.1.0.zip";
  private static final String WITH_IMAGES = "/runs-0.1.0-images.zip";

  @TempDir Path own;
  private Path data;
  private Path finished;
  private Path stopped;

  private void unpack(String archive) throws IOException {
    data = SyntheticData.write(own.resolve("data"), 60, 20); // as when they were written
    try (ZipInputStream zip = new ZipInputStream(getClass().getResourceAsStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = own.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
    finished = own.resolve("finished");
    stopped = own.resolve("stopped");
  }

  private static Outcome succeeds(Object... words) {
    Outcome outcome = run(words);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  /** The device may be another one than that of the archive, so the numbers are close, not equal. */
  private static void assertClose(Path actual, Path expected) throws IOException {
    List<String> rows = ResumeTest.metrics(actual);
    List<String> wanted = ResumeTest.metrics(expected);
    assertThat(rows).hasSameSizeAs(wanted);
    for (int i = 1; i < rows.size(); i++) {
      String[] row = rows.get(i).split(",");
      for (int column = 0; column < 6; column++) {
        assertThat(Double.parseDouble(row[column]))
            .isCloseTo(Double.parseDouble(wanted.get(i).split(",")[column]), within(1e-3));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST, WITH_IMAGES})
  void aRunGoesOnInsideAnEpoch(String archive) throws IOException {
    unpack(archive);
    String firstRow = Files.readAllLines(stopped.resolve("metrics.csv")).get(1);
    assertThat(succeeds("train", "--resume", stopped, "--data", data).out())
        .contains("Going on in epoch 2 after step 1\n", "Done: ");
    assertClose(stopped, finished);
    assertThat(Files.readAllLines(stopped.resolve("metrics.csv"))).contains(firstRow);
    assertThat(Files.readString(stopped.resolve("config.yaml")))
        .contains("data:\n  folder: \"" + data + "\"\n  train: \"60 training examples of checksum");
    succeeds("train", "--resume", stopped, "--epochs", 3);
    assertThat(ResumeTest.metrics(stopped)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST, WITH_IMAGES})
  void aFinishedRunIsEvaluatedAndGoesOn(String archive) throws IOException {
    unpack(archive);
    assertThat(succeeds("evaluate", finished, "--data", data).out())
        .contains("on 20 test images in '" + data + "': loss 2.31", "accuracy 0.1500");
    assertThat(succeeds("train", "--resume", finished, "--data", data).out()).contains("Nothing to do: ");
    succeeds("train", "--resume", finished, "--data", data, "--epochs", 3);
    assertThat(ResumeTest.metrics(finished)).hasSize(4);
  }

  @Test
  void lostRowsAreMissedThoughTheCheckpointDoesNotTellThem() throws IOException {
    unpack(FIRST);
    Path metrics = finished.resolve("metrics.csv");
    Files.write(metrics, Files.readAllLines(metrics).subList(0, 2));
    Object[] resume = {"train", "--resume", finished, "--data", data, "--epochs", 3};
    String fault = "'" + metrics + "' was altered: there are 1 epochs, but the checkpoint is of 2; put back the file that"
        + " the training wrote, or begin another run with the weights of this one (--weights "
        + finished.resolve("model.safetensors") + ")";
    refused(1, fault, resume);
    Files.delete(metrics);
    refused(1, "there are 0 epochs", resume);
    succeeds("train", "fmnist_cnn", "--data", data, "--out", own.resolve("another"), "--epochs", 1, "--weights",
        finished.resolve("model.safetensors"));
  }

  /** Metrics in standard deviations, as that version told them, stay what they are, epochs to come included. */
  @Test
  void theUnitOfARunsMetricsStays() throws IOException {
    unpack("/run-in-deviations.zip");
    Path run = own.resolve("run");
    Path prices = own.resolve("prices.csv");
    List<String> before = Files.readAllLines(run.resolve("metrics.csv"));
    assertThat(succeeds("train", "--resume", run, "--data", prices, "--epochs", 3).out())
        .contains("Its metrics stay in standard deviations of the target");
    List<EpochRow> rows = RunReader.rows(run);
    assertThat(Files.readAllLines(run.resolve("metrics.csv"))).hasSize(4).containsAll(before);
    assertThat(rows.get(2).train().metric("rmse")).isCloseTo(1.050690, within(1e-3)); // what that version had
    assertThat(rows.get(2).judged().metric("rmse")).isCloseTo(1.027255, within(1e-3));
    assertThat(succeeds("train", prices(), "--data", prices, "--out", own.resolve("now")).out()).doesNotContain("deviations");
    EpochRow now = RunReader.rows(own.resolve("now")).get(2);
    assertThat(now.judged().metric("rmse")).isCloseTo(171_313 * 1.027255, within(200.));
    assertThat(now.judged().metric("r2")).isCloseTo(rows.get(2).judged().metric("r2"), within(1e-5));
  }

  private Path prices() throws IOException {
    return Files.writeString(
        own.resolve("prices.yaml"),
        """
        name: prices
        model: [linear: 4, relu, linear: outputs]
        dataset: {name: table, target: price, task: regression}
        validation: 0.2
        epochs: 3
        batchSize: 16
        seed: 3
        schedule: {milestones: [5], factor: 0.1}
        optimizer: {name: adam}
        metrics: [rmse, r2]
        """);
  }

  /** Its checkpoint tells the training images, so that the published ones are not taken for them. */
  @Test
  void otherImagesAreNotMeasuredSilently() throws IOException {
    unpack(FIRST);
    Path others = SyntheticData.write(own.resolve("others"), 50, 20);
    refused(1, "was written in a training on 60 training examples of checksum", "train", "--resume", finished, "--data",
        others, "--epochs", 3);
    assertThat(succeeds("evaluate", finished, "--data", others).out()).contains("on 20 test images in '" + others + "'");
  }

  /** What the checkpoint tells in another format of numbers than this version's is the same training all the same. */
  @Test
  void theSettingsOfAnEarlierVersionAreComparedByValue() throws IOException {
    unpack(WITH_IMAGES);
    Path config = stopped.resolve("config.yaml");
    String text = Files.readString(config);
    assertThat(text).contains("startFilterCov: 5.0E-5", "maxPrecision: 1.0E8");
    Files.writeString(
        config, text.replace("startFilterCov: 5.0E-5", "startFilterCov: 0.00005").replace("1.0E8", "100000000.0"));
    assertThat(succeeds("train", "--resume", stopped, "--data", data).out()).contains("Going on in epoch 2 after step 1\n");
    Files.writeString(config, Files.readString(config).replace("5.0E-5", "5.1E-5").replace("0.00005", "5.1E-5"));
    refused(1, "'startFilterCov: 5.0E-5' there, 'startFilterCov: 5.1E-5' here", "train", "--resume", stopped, "--data", data,
        "--epochs", 3);
  }
}
