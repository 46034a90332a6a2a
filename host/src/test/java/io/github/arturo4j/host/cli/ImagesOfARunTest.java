// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on with the images that it has used, and is evaluated on these, or it is said that it is not. */
class ImagesOfARunTest {
  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;
  private static Path trained;

  @BeforeAll
  static void train() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 40, 4);
    trained = shared.resolve("run");
    succeeds("train", "fmnist_cnn", "--data", data, "--out", trained, "--epochs", 1, "--limit-test", 30);
  }

  private static Outcome succeeds(Object... words) {
    Outcome outcome = run(words);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  /** A copy of the run, to be changed. */
  private Path copy() throws IOException {
    Path copy = Files.createDirectory(own.resolve("copy"));
    for (String name : trained.toFile().list()) {
      Files.copy(trained.resolve(name), copy.resolve(name));
    }
    return copy;
  }

  /** The last row's accuracy on the test set, as evaluate prints it. */
  private static String accuracy(Path run) throws IOException {
    String row = Files.readAllLines(run.resolve("metrics.csv")).getLast();
    return String.format(Locale.ROOT, "accuracy %.4f", Double.parseDouble(row.split(",")[5]));
  }

  /** The same training images, but other ones to test with. */
  private Path otherTestImages() throws IOException {
    Path others = SyntheticData.write(own.resolve("others"), 60, 50, 3);
    for (String name : List.of("train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz")) {
      Files.write(others.resolve(name), Files.readAllBytes(data.resolve(name)));
    }
    return others;
  }

  @Test
  void aRunKnowsItsImages() throws IOException {
    assertThat(Files.readString(trained.resolve("config.yaml")))
        .containsPattern(
            "(?m)^data:\n  folder: \"" + data + "\"\n  train: \"60 training examples of checksum [0-9a-f]{8}\"\n"
                + "  test: \"30 test examples of checksum [0-9a-f]{8}\"\n");
    assertThat(succeeds("evaluate", trained).out())
        .isEqualTo(succeeds("evaluate", trained, "--data", data).out())
        .startsWith("fmnist_cnn on the first 30 of 40 test images in '" + data + "': loss ")
        .contains(accuracy(trained));
    assertThat(succeeds("evaluate", trained, "--limit-test", 40).out()).contains("on 40 test images in '" + data + "'");
  }

  @Test
  void itGoesOnWithThem() throws IOException {
    Path run = copy();
    succeeds("train", "--resume", run, "--epochs", 2);
    assertThat(succeeds("evaluate", run).out()).contains(accuracy(run));
  }

  @Test
  void otherImagesAreMeasuredWhenTheyAreNamedAndItIsSaid() throws IOException {
    Path others = otherTestImages();
    assertThat(succeeds("evaluate", trained, "--data", others).out().lines())
        .hasSize(2)
        .satisfies(
            lines -> {
              assertThat(lines.get(0))
                  .matches("Note: the images in '" + others + "' are not those of the run '" + trained
                      + "': 30 test examples of checksum [0-9a-f]{8} there, 30 test examples of checksum [0-9a-f]{8} here");
              assertThat(lines.get(1)).startsWith("fmnist_cnn on 50 test images in '" + others + "': loss ");
            });
  }

  @Test
  void otherTestImagesDoNotGoOn() throws IOException {
    Path run = copy();
    Path others = otherTestImages();
    refused(1, "the run '" + run + "' is judged by 30 test examples of checksum ", "train", "--resume", run, "--data", others,
        "--epochs", 2);
    assertThat(run.resolve("config.yaml")).hasSameTextualContentAs(trained.resolve("config.yaml"));
  }

  @Test
  void imagesThatWereChangedOrAreGoneAreNotReplacedByOthers() throws IOException {
    Path own4 = SyntheticData.write(own.resolve("mine"), 60, 40, 4);
    Path run = own.resolve("run");
    succeeds("train", "fmnist_cnn", "--data", own4, "--out", run, "--epochs", 1);
    Files.write(
        own4.resolve("t10k-images-idx3-ubyte.gz"),
        Files.readAllBytes(SyntheticData.write(own.resolve("three"), 60, 40, 3).resolve("t10k-images-idx3-ubyte.gz")));
    refused(1, "the images in '" + own4 + "' are not those of the run '" + run + "': ", "evaluate", run);
    refused(1, "; name the place of the run's images with --data", "evaluate", run);
    refused(1, "; give the same data set with --data", "train", "--resume", run, "--epochs", 2);

    Path moved = Files.move(own4, own.resolve("moved"));
    String gone = "the data of the run were in '" + own4 + "', which is not there now; name the place where they are with --data";
    refused(1, gone, "evaluate", run);
    refused(1, gone, "train", "--resume", run, "--epochs", 2);
    Files.write(
        moved.resolve("t10k-images-idx3-ubyte.gz"), Files.readAllBytes(data.resolve("t10k-images-idx3-ubyte.gz")));
    succeeds("train", "--resume", run, "--epochs", 2, "--data", moved);
    assertThat(Files.readString(run.resolve("config.yaml"))).contains("folder: \"" + moved + "\"");
    assertThat(succeeds("evaluate", run).out()).contains("in '" + moved + "'", accuracy(run));
  }

  @Test
  void theRunsOfAComparisonKnowThemToo() throws IOException {
    Path out = own.resolve("out");
    succeeds("compare", "fmnist_cnn", "--optimizers", "sgd", "--seeds", 5, "--epochs", 1, "--data", data, "--out", out);
    Path run = out.resolve("runs/sgd-5");
    assertThat(succeeds("evaluate", run).out()).contains("on 40 test images in '" + data + "'", accuracy(run));
  }
}
