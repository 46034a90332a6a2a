// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.host.cli.Cli.Outcome;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.run.RunFolders;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.metric.Accuracy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training that was stopped and goes on leaves the same bits behind as one that was not. */
class ResumeTest {
  private static final int IMAGES = 150;

  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), IMAGES, 30);
  }

  private static Outcome train(Path run, Object... more) {
    Object[] words = {"train", "fmnist_cnn", "--data", data, "--out", run, "--batch-size", 25};
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return succeeds(all);
  }

  private static Outcome succeeds(Object... words) {
    Outcome outcome = run(words);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  /** The lines of a run's metrics without the columns that tell seconds. */
  static List<String> metrics(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.csv")).stream().map(line -> line.replaceAll(
        "^((?:[^,]*,){6})(?:[^,]*,){3}", "$1")).toList();
  }

  static void assertSame(Path actual, Path expected) throws IOException {
    assertThat(metrics(actual)).isEqualTo(metrics(expected));
    for (String file : List.of("model.safetensors", "checkpoint.safetensors")) {
      assertThat(Files.mismatch(actual.resolve(file), expected.resolve(file))).as(file).isEqualTo(-1);
    }
    Path precision = expected.resolve("precision.safetensors");
    if (Files.exists(precision)) {
      assertThat(actual.resolve("precision.safetensors")).hasSameBinaryContentAs(precision);
    }
  }

  @Test
  void goesOnAfterAnEpochWithMoreOfThem() throws IOException {
    Path whole = own.resolve("whole");
    train(whole, "--epochs", 3, "--seed", 5, "--kl-bound", 0.05, "--limit-train", 110, "--limit-test", 20);
    Path run = own.resolve("run");
    train(run, "--epochs", 2, "--seed", 5, "--kl-bound", 0.05, "--limit-train", 110, "--limit-test", 20);
    List<String> before = Files.readAllLines(run.resolve("metrics.csv"));
    assertThat(before).hasSize(3);
    byte[] plot = Files.readAllBytes(run.resolve("plot.svg"));

    Outcome idle = succeeds("train", "--resume", run, "--data", data);
    assertThat(idle.out()).contains("Nothing to do: '" + run + "' has all its 2 epochs");
    Outcome resumed = succeeds("train", "--resume", run, "--data", data, "--epochs", 3);
    assertThat(resumed.out())
        .contains("110 images", "epochs: 3, seed 5", "Going on in epoch 3 after step 0", "Done: ");
    assertSame(run, whole);
    assertThat(Files.readAllLines(run.resolve("metrics.csv"))).startsWith(before.toArray(String[]::new));
    assertThat(Files.readAllBytes(run.resolve("plot.svg"))).isNotEqualTo(plot);
    assertThat(Files.readString(run.resolve("config.yaml")))
        .isEqualTo(Files.readString(whole.resolve("config.yaml")))
        .contains("epochs: 3", "limitTrain: 110", "limitTest: 20");
  }

  /** Six steps an epoch, and a batch of each set to evaluate: the trainer asks eight times an epoch. */
  @ParameterizedTest
  @CsvSource({"ROBUST,1,1,0", "ROBUST,4,1,3", "ROBUST,8,1,6", "ROBUST,9,2,0", "PAPER,2,1,1"})
  void goesOnInsideAnEpoch(Mode mode, int stopAt, int epoch, int step) throws IOException {
    Path whole = twoEpochs(mode);
    Path run = own.resolve("run");
    assertThat(trainUntil(run, RunReader.config(whole).experiment(), stopAt))
        .isEqualTo(new TrainingPosition(epoch, step));
    Outcome resumed = succeeds("train", "--resume", run, "--data", data);
    assertThat(resumed.out())
        .contains("Going on in epoch " + epoch + " after step " + step + "\n", "epoch   train loss");
    assertSame(run, whole);
  }

  /** What is random of an image is a function of the step and its row, so that nothing of it has to be kept. */
  @Test
  void goesOnInsideAnEpochOfResizedCropsAndOtherColours() throws IOException {
    Path file = own.resolve("mine.yaml");
    String random = "augmentation: {flip: true, resizedCrop: {}, colorJitter: {brightness: 0.4, contrast: 0.4}}\nepochs:";
    String good = new String(Main.class.getResourceAsStream("/experiments/fmnist_cnn.yaml").readAllBytes());
    Files.writeString(file, good.replace("epochs:", random));
    Path whole = own.resolve("whole");
    succeeds("train", file, "--data", data, "--out", whole, "--batch-size", 25, "--epochs", 1);
    Path run = own.resolve("run");
    Experiment experiment = RunReader.config(whole).experiment();
    assertThat(experiment.augmentation().resizedCrop()).isNotNull();
    assertThat(trainUntil(run, experiment, 4)).isEqualTo(new TrainingPosition(1, 3));
    succeeds("train", "--resume", run, "--data", data);
    assertSame(run, whole);
  }

  /** A run of two epochs without a stop. */
  private static Path twoEpochs(Mode mode) {
    Path run = shared.resolve("whole-" + mode);
    if (!Files.exists(run)) {
      train(run, "--epochs", 2, "--mode", mode);
    }
    return run;
  }

  /** Trains until the trainer has asked that often whether to stop; where the training stands then. */
  private static TrainingPosition trainUntil(Path run, Experiment experiment, int stopAt) {
    return trainUntil(run, begin(experiment), stopAt);
  }

  static TrainingPosition trainUntil(Path run, TrainingSetup setup, int stopAt) {
    int[] asked = {0};
    try (TrainingJob job = TrainingJob.begin(run, setup)) {
      return job.stopWhen(() -> ++asked[0] == stopAt).run().position();
    }
  }

  private static TrainingSetup begin(Experiment experiment) {
    return TrainingSetup.of(experiment, source(data), null, null, Devices.find(null));
  }

  static DataSource source(Path data) {
    return new DataSource(data, line -> {});
  }

  @Test
  void aCheckpointThatCannotBeWrittenLosesNothing() throws IOException {
    Path whole = twoEpochs(Mode.ROBUST);
    Path run = own.resolve("run");
    train(run, "--epochs", 1);
    Path checkpoint = run.resolve("checkpoint.safetensors");
    Path aside = own.resolve("aside");
    try (TrainingJob job =
        TrainingJob.resume(
            RunFolders.open(run), before -> TrainingSetup.of(before, 2, source(data), Devices.find(null)))) {
      job.stopWhen(
          () -> {
            block(checkpoint, aside);
            return false;
          });
      assertThatThrownBy(job::run).hasMessageStartingWith("cannot write '" + checkpoint + "': ");
    }
    assertThat(metrics(run)).as("a row beyond the checkpoint").hasSize(3);
    assertThat(run.toFile().list()).as("nothing half written").noneMatch(name -> name.endsWith(".part"));
    Files.delete(checkpoint.resolve("full"));
    Files.delete(checkpoint);
    Files.move(aside, checkpoint);
    assertThat(succeeds("train", "--resume", run, "--data", data).out())
        .contains("Going on in epoch 2 after step 0");
    assertSame(run, whole);
  }

  /** Puts a folder into the place of a file, once. */
  private static void block(Path file, Path aside) {
    try {
      if (!Files.exists(aside)) {
        Files.move(file, aside);
        Files.createDirectories(file.resolve("full"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTrainingThatCannotWriteItsFirstCheckpointEndsBeforeItsFirstStep() throws IOException {
    Path whole = twoEpochs(Mode.ROBUST);
    Path run = own.resolve("run");
    int[] steps = {0};
    try (TrainingJob job = TrainingJob.begin(run, begin(RunReader.config(whole).experiment()))) {
      Files.createDirectories(run.resolve("checkpoint.safetensors/full"));
      assertThatThrownBy(job.stopWhen(() -> steps[0]++ > 0)::run)
          .hasMessage(
              "cannot write '" + run.resolve("checkpoint.safetensors") + "': it is a folder; the last checkpoint, if any, is"
                  + " untouched: move away what is in its place, then go on with --resume");
    }
    assertThat(steps[0]).isZero();
  }

  @Test
  void aTrainingKilledInItsFirstEpochGoesOnFromItsStart() throws IOException {
    Path whole = twoEpochs(Mode.ROBUST);
    Path run = own.resolve("run");
    try (TrainingJob job = TrainingJob.begin(run, begin(RunReader.config(whole).experiment()))) {
      job.stopWhen(
          () -> {
            throw new IllegalStateException("killed");
          });
      assertThatThrownBy(job::run).hasMessage("killed");
    }
    Outcome resumed = succeeds("train", "--resume", run, "--data", data);
    assertThat(resumed.out()).contains("Going on in epoch 1 after step 0\n");
    assertSame(run, whole);
  }

  @Test
  void aRunThatCameToNoCheckpointBeginsAnewInItsFolder() throws IOException {
    Path whole = twoEpochs(Mode.ROBUST);
    Path run = own.resolve("run");
    Files.createDirectory(run);
    Path config = Files.writeString(run.resolve("config.yaml"), "threads: 3\n");
    refused(2, "'" + run + "' is not empty; nothing was changed", "train", "fmnist_cnn", "--data", data, "--out", run);
    assertThat(config).hasContent("threads: 3");
    assertThat(run.toFile().list()).containsExactly("config.yaml");
    Files.copy(whole.resolve("config.yaml"), config, StandardCopyOption.REPLACE_EXISTING);
    train(run, "--epochs", 2);
    assertSame(run, whole);
  }

  @Test
  void aPlotThatCannotBeDrawnDoesNotStopATraining() throws IOException {
    Path whole = twoEpochs(Mode.ROBUST);
    Path run = own.resolve("run");
    StringWriter out = new StringWriter();
    try (TrainingJob job = TrainingJob.begin(run, begin(RunReader.config(whole).experiment()))) {
      Files.createDirectories(run.resolve("plot.svg/full"));
      ConsoleListener console = new ConsoleListener(new PrintWriter(out), 2, List.of(new Accuracy()), JudgingSet.test);
      job.listeners(List.of(console)).run(); // no terminal, so without a bar
    }
    assertThat(out.toString().lines().filter(line -> line.startsWith("cannot draw '" + run.resolve("plot.svg") + "': ")))
        .hasSize(1);
    assertSame(run, whole);
  }

  @Test
  void aRunThatBeganElsewhereSaysThatItsBitsWillDiffer() throws IOException {
    Path run = own.resolve("run");
    train(run, "--epochs", 1);
    String config = Files.readString(run.resolve("config.yaml"));
    assertThat(succeeds("train", "--resume", run, "--epochs", 2).out()).doesNotContain("elsewhere");
    for (String key : List.of("device", "linearAlgebra")) {
      Files.writeString(run.resolve("config.yaml"), config.replaceFirst("  " + key + ": \".*\"", "  " + key + ": \"x\""));
      assertThat(succeeds("train", "--resume", run, "--epochs", key.equals("device") ? 3 : 4).out().lines())
          .anyMatch(line -> line.matches("It began elsewhere \\(x there, .+ here\\), so its numbers will not be, bit for bit,"
              + " those without a stop"));
    }
  }

  @Test
  void whatContradictsTheRunIsRefused() throws IOException {
    Path run = own.resolve("run");
    train(run, "--epochs", 2, "--limit-train", 60);
    String config = Files.readString(run.resolve("config.yaml"));
    Object[][] contradictions = {
      {"--seed", 1}, {"--batch-size", 50}, {"--mode", "robust"}, {"--kl-bound", 0.1}, {"--limit-train", 60},
      {"--limit-test", 60}, {"--out", own.resolve("other")}, {"--weights", run.resolve("model.safetensors")}
    };
    for (Object[] words : contradictions) {
      refused(2, words[0] + " contradicts --resume: '" + run + "'", "train", "--resume", run, words[0],
          words[1]);
    }
    refused(2, "EXPERIMENT 'fmnist_cnn' contradicts --resume", "train", "fmnist_cnn", "--resume", run);
    refused(2, "--epochs is 1, fewer than the 2 of", "train", "--resume", run, "--epochs", 1);
    refused(2, "no device '7:7'", "train", "--resume", run, "--device", "7:7");
    refused(2, "Missing required parameter: 'EXPERIMENT', or --resume RUN", "train");
    Path others = SyntheticData.write(own.resolve("others"), 50, 60);
    refused(1, "on 60 training examples of checksum", "train", "--resume", run, "--data", others,
        "--epochs", 3);
    Files.writeString(run.resolve("config.yaml"), config.replace("seed: 42", "seed: 43"));
    refused(1, "'seed: 42' there, 'seed: 43' here", "train", "--resume", run, "--data", data, "--epochs", 3);
    assertThat(metrics(run)).hasSize(3);
  }

  @Test
  void whatIsNoCheckpointOfTheRunIsRefusedAndTheRunUntouched() throws IOException {
    Path run = own.resolve("run");
    train(run, "--epochs", 1, "--limit-train", 60);
    Path other = own.resolve("other");
    train(other, "--epochs", 1, "--limit-train", 60, "--mode", "paper");
    Path file = run.resolve("checkpoint.safetensors");
    byte[] whole = Files.readAllBytes(file);
    Object[] resume = {"train", "--resume", run, "--data", data, "--epochs", 2};
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    refused(1, "is torn or altered (", resume);
    byte[] altered = whole.clone();
    altered[whole.length / 2] ^= 1;
    Files.write(file, altered);
    refused(1, "does not have the checksum it was written with", resume);
    Files.copy(run.resolve("model.safetensors"), file, StandardCopyOption.REPLACE_EXISTING);
    refused(1, "is no arturo4j checkpoint", resume);
    Files.copy(other.resolve("checkpoint.safetensors"), file, StandardCopyOption.REPLACE_EXISTING);
    refused(1, "than those in config.yaml: 'mode: paper' there, 'mode: robust' here", resume);
    Files.delete(file);
    refused(1, "there is no '" + file + "' to go on from", resume);
    refused(1, "'" + own + "' holds no run: it has no config.yaml", "train", "--resume", own, "--data", data);
    assertThat(metrics(run)).hasSize(2);
    assertThat(Files.readString(run.resolve("config.yaml"))).contains("epochs: 1");
  }
}
