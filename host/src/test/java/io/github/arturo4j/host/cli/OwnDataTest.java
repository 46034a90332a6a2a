// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Cli.Outcome;
import io.github.arturo4j.host.data.CifarFiles;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training, going on and evaluating with CIFAR's files and with images of the user's own, any number of classes. */
class OwnDataTest {
  @TempDir Path own;

  private static Outcome succeeds(Object... words) {
    Outcome outcome = run(words);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  /** The last row's accuracy on the test set, as evaluate prints it. */
  private static String accuracy(Path run) throws IOException {
    String row = Files.readAllLines(run.resolve("metrics.csv")).getLast();
    return String.format(Locale.ROOT, "accuracy %.4f", Double.parseDouble(row.split(",")[5]));
  }

  @ParameterizedTest
  @CsvSource({"cifar10_cnn, 10, zero", "cifar100_cnn, 100, reflect"})
  void aCifarNetworkIsTrainedGoesOnAndIsEvaluated(String experiment, int classes, String padding) throws IOException {
    Path data =
        classes == 10
            ? CifarFiles.cifar10(own.resolve("data"), 110, 24, 10)
            : CifarFiles.cifar100(own.resolve("data"), 110, 24, 100);
    Path run = own.resolve("run");
    Outcome trained =
        succeeds("train", experiment, "--data", data, "--out", run, "--epochs", 1, "--batch-size", 50);
    assertThat(trained.out()).contains("110 images, classes: " + classes + ", epochs: 1");
    assertThat(Files.readString(run.resolve("config.yaml")))
        .contains("outputs: " + classes, "padding: 4", "mode: \"" + padding + "\"", "flip: true", "std:");
    assertThat(SafetensorsFile.read(run.resolve("model.safetensors")).shape("20.weight"))
        .containsExactly(classes, 256);
    assertThat(succeeds("evaluate", run, "--data", data).out()).contains("on 24 test images", accuracy(run));

    succeeds("train", "--resume", run, "--data", data, "--epochs", 2);
    Path whole = own.resolve("whole");
    succeeds("train", experiment, "--data", data, "--out", whole, "--epochs", 2, "--batch-size", 50);
    ResumeTest.assertSame(run, whole);
    assertThat(succeeds("evaluate", run, "--data", data).out()).contains(accuracy(run));
  }

  @Test
  void aCifarNetworkLearnsWhatItIsShown() throws IOException {
    Path data = CifarFiles.cifar10(own.resolve("data"), 300, 60, 4);
    Path run = own.resolve("run");
    succeeds("train", "cifar10_cnn-adam", "--data", data, "--out", run, "--epochs", 8, "--batch-size", 25);
    String[] row = Files.readAllLines(run.resolve("metrics.csv")).getLast().split(",");
    assertThat(Double.parseDouble(row[5])).isGreaterThan(0.5); // chance: 0.25
  }

  @Test
  void aFolderOfThreeClassesMakesANetworkOfThree() throws IOException {
    Path data = SyntheticData.write(own.resolve("three"), 240, 60, 3);
    Path run = own.resolve("run");
    assertThat(
            succeeds("train", "fmnist_cnn", "--data", data, "--out", run, "--epochs", 2, "--batch-size", 40).out())
        .contains("240 images, classes: 3,");
    assertThat(Files.readString(run.resolve("config.yaml"))).contains("outputs: 3\n");
    assertThat(SafetensorsFile.read(run.resolve("model.safetensors")).shape("15.bias")).containsExactly(3);
    assertThat(succeeds("evaluate", run, "--data", data).out()).contains(accuracy(run));
    succeeds("train", "--resume", run, "--data", data, "--epochs", 3);

    Path two = SyntheticData.write(own.resolve("two"), 40, 20, 2);
    assertThat(succeeds("evaluate", run, "--data", two).out()).contains("on 20 test images");
    Path ten = SyntheticData.write(own.resolve("ten"), 240, 60);
    refused(1, "but the network was made for 3 classes, 0 to 2, the labels of its training set", "evaluate", run,
        "--data", ten);
    refused(1, "the run has 3 classes, but the training images in '" + ten + "' have 10; give the",
        "train", "--resume", run, "--data", ten, "--epochs", 4);
    assertThat(ResumeTest.metrics(run)).hasSize(4);
  }

  /** A network of one's own takes images of any size, in the formats of the published sets, too. */
  @Test
  void layersOfOnesOwnTakeImagesOfAnySize() throws IOException {
    Path experiment =
        Files.writeString(
            own.resolve("mine.yaml"),
            Experiments.write(Experiments.find("fmnist_cnn-sgd"))
                .replaceFirst("(?m)^model: .*", "model: [conv: {out: 4, kernel: 3}, relu, flatten, linear: outputs]"));
    for (Path data :
        List.of(SyntheticData.write(own.resolve("grey"), 60, 20), CifarFiles.cifar10(own.resolve("cifar"), 60, 20, 10))) {
      Path run = own.resolve(data.getFileName() + "-run");
      succeeds("train", experiment, "--data", data, "--out", run, "--epochs", 1);
      assertThat(succeeds("evaluate", run).out()).contains(accuracy(run));
    }
  }

  /** A configuration as an earlier version would have written it. */
  private static String earlier(String config, String classes) {
    String without = config.replaceFirst("(?s)\nschema:\n.*?\ndata:", "\n" + classes + "data:");
    assertThat(without).isNotEqualTo(config);
    return without;
  }

  @Test
  void aRunOfAnEarlierVersionHasNoClassesInItsConfiguration() throws IOException {
    Path data = SyntheticData.write(own.resolve("data"), 100, 30);
    Path run = own.resolve("run");
    succeeds("train", "fmnist_cnn", "--data", data, "--out", run, "--epochs", 1);
    Path config = run.resolve("config.yaml");
    String written = Files.readString(config);
    assertThat(written).doesNotContain("augmentation", "normalization");
    Files.writeString(config, earlier(written, ""));
    assertThat(succeeds("evaluate", run, "--data", data).out()).contains(accuracy(run));
    Files.writeString(config, earlier(written, "classes: 1\n"));
    refused(1, "classes is 1; it must be at least 2", "evaluate", run, "--data", data);
    Files.writeString(config, earlier(written, "classes: 4\n"));
    refused(1, "is for 10 classes (15.weight has shape [10, 256]), but fmnist_cnn is to tell 4 apart", "evaluate", run,
        "--data", data);
    Files.writeString(config, earlier(written, ""));
    succeeds("train", "--resume", run, "--data", data, "--epochs", 2);
  }

  @Test
  void badFoldersAreOneLineAndNothingIsWritten() throws IOException {
    Path run = own.resolve("never");
    Path data = CifarFiles.cifar10(own.resolve("data"), 8, 4, 4);
    Object[] train = {"train", "cifar10_cnn", "--data", data, "--out", run};
    refused(1, "are 3×32×32, but the network takes 1×28×28", "train", "fmnist_cnn", "--data", data, "--out", run);
    Path test = data.resolve("test_batch.bin");
    byte[] whole = Files.readAllBytes(test);
    Files.write(test, Arrays.copyOf(whole, whole.length - 5));
    refused(1, "test_batch.bin' has 12,287 bytes: 3 records of 3,073", train);
    whole[2 * 3073] = 7;
    Files.write(test, whole);
    refused(1, "test_batch.bin' has label 7 at image 2, but the network was made for 4 classes, 0 to 3", train);
    Files.delete(test);
    refused(1, "test_batch.bin' is missing", train);
    refused(1, "'" + own + "' has no images in MNIST's format (", "train", "cifar10_cnn", "--data", own, "--out", run);
    Path grey = SyntheticData.write(own.resolve("grey"), 20, 10);
    refused(1, "are 1×28×28, but the network takes 3×32×32", "train", "cifar100_cnn", "--data", grey, "--out", run);
    assertThat(run).doesNotExist();
  }
}
