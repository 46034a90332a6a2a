// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs that version 0.1.0 has written go on and are evaluated, though they tell less. Both began with weights of zeros,
 * which leave the archive small: {@code finished} has its two epochs, {@code stopped} one and a step of the second.
 */
class EarlierVersionTest {
  @TempDir Path own;
  private Path data;
  private Path finished;
  private Path stopped;

  @BeforeEach
  void unpack() throws IOException {
    data = SyntheticData.write(own.resolve("data"), 60, 20); // as when they were written
    try (ZipInputStream zip = new ZipInputStream(getClass().getResourceAsStream("/runs-0.1.0.zip"))) {
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

  @Test
  void aRunGoesOnInsideAnEpoch() throws IOException {
    String firstRow = Files.readAllLines(stopped.resolve("metrics.csv")).get(1);
    assertThat(succeeds("train", "--resume", stopped, "--data", data).out())
        .contains("Going on in epoch 2 after step 1\n", "Done: ");
    assertClose(stopped, finished);
    assertThat(Files.readAllLines(stopped.resolve("metrics.csv"))).contains(firstRow);
    assertThat(Files.readString(stopped.resolve("config.yaml")))
        .contains("data:\n  folder: \"" + data + "\"\n  train: \"60 training images of checksum");
    succeeds("train", "--resume", stopped, "--epochs", 3);
    assertThat(ResumeTest.metrics(stopped)).hasSize(4);
  }

  @Test
  void aFinishedRunIsEvaluatedAndGoesOn() throws IOException {
    assertThat(succeeds("evaluate", finished, "--data", data).out())
        .contains("on 20 test images in '" + data + "': loss 2.31", "accuracy 0.1500");
    assertThat(succeeds("train", "--resume", finished, "--data", data).out()).contains("Nothing to do: ");
    succeeds("train", "--resume", finished, "--data", data, "--epochs", 3);
    assertThat(ResumeTest.metrics(finished)).hasSize(4);
  }

  @Test
  void lostRowsAreMissedThoughTheCheckpointDoesNotTellThem() throws IOException {
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

  /** Its checkpoint tells the training images, so that the published ones are not taken for them. */
  @Test
  void otherImagesAreNotMeasuredSilently() throws IOException {
    Path others = SyntheticData.write(own.resolve("others"), 50, 20);
    refused(1, "was written in a training on 60 training images of checksum", "train", "--resume", finished, "--data",
        others, "--epochs", 3);
    assertThat(succeeds("evaluate", finished, "--data", others).out()).contains("on 20 test images in '" + others + "'");
  }
}
