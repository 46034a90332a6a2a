// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Cli.Outcome;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same command begins a run and goes on with it. */
class RunOptionTest {
  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;
  private static Path whole;

  @BeforeAll
  static void trainWithoutAStop() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 20);
    whole = shared.resolve("whole");
    assertThat(succeeds(words(whole)).out()).contains("Done: " + whole).doesNotContain("Going on");
  }

  private static Outcome succeeds(Object... words) {
    Outcome outcome = run(words);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  private static Object[] words(Path folder, Object... more) {
    List<Object> words =
        new ArrayList<>(List.of("train", "fmnist_cnn", "--run", folder, "--data", data, "--batch-size", 25));
    Map.of("--epochs", 2, "--seed", 7).forEach(
        (option, value) -> {
          if (!List.of(more).contains(option)) {
            words.addAll(List.of(option, value));
          }
        });
    words.addAll(Arrays.asList(more));
    return words.toArray();
  }

  /** A run that was stopped after a step. */
  private Path stopped() {
    Path folder = own.resolve("stopped");
    Experiment experiment = Experiments.find("fmnist_cnn");
    TrainingSetup setup =
        TrainingSetup.of(
            experiment.with(2, 25, 7L, experiment.optimizer()), ResumeTest.source(data), null, null, Devices.find(null));
    assertThat(ResumeTest.trainUntil(folder, setup, 2).step()).isEqualTo(1);
    return folder;
  }

  @Test
  void theSameCommandGoesOnUntilTheRunIsDone() throws IOException {
    Path folder = stopped();
    assertThat(succeeds(words(folder)).out()).contains("Going on in epoch 1 after step 1\n", "Done: " + folder);
    ResumeTest.assertSame(folder, whole);
    assertThat(succeeds(words(folder)).out()).isEqualTo(
        "Nothing to do: '" + folder + "' has all its 2 epochs; a greater --epochs goes on\n");
    assertThat(succeeds(words(folder, "--epochs", 3)).out()).contains("Going on in epoch 3 after step 0\n");
    assertThat(ResumeTest.metrics(folder)).hasSize(4);
    refused(2, "--epochs is 2, fewer than the 3 of the run", words(folder));
  }

  @Test
  void oneThatStopsAfterAnEpochGoesOnAsIfItHadNot() throws IOException {
    Path folder = own.resolve("until");
    assertThat(succeeds(words(folder, "--until-epoch", 1)).out()).contains("Done: " + folder);
    assertThat(ResumeTest.metrics(folder)).hasSize(2);
    assertThat(succeeds(words(folder, "--until-epoch", 1)).out()).isEqualTo(
        "Nothing to do: '" + folder + "' has come to epoch 1; a greater --until-epoch goes on\n");
    assertThat(succeeds(words(folder, "--until-epoch", 3)).out()).contains("Going on in epoch 2 after step 0\n");
    ResumeTest.assertSame(folder, whole);
    assertThat(succeeds(words(folder, "--until-epoch", 3)).out()).contains("has all its 2 epochs");
    refused(2, "--until-epoch is 0; it must be at least 1", words(folder, "--until-epoch", 0));
  }

  /** The run knows its experiment, its number of epochs and where its images are. */
  @Test
  void withoutAnExperimentItGoesOnAsTheRunSays() throws IOException {
    Path folder = stopped();
    refused(2, "--seed contradicts --run without EXPERIMENT: '" + folder + "' goes on as its config.yaml says", "train",
        "--run", folder, "--seed", 7);
    assertThat(succeeds("train", "--run", folder).out()).contains("Going on in epoch 1 after step 1\n");
    ResumeTest.assertSame(folder, whole);
    refused(2, "Missing required parameter: 'EXPERIMENT'", "train", "--run", own.resolve("none"));
  }

  @Test
  void aRunOfOtherSettingsIsLeftAlone() throws IOException {
    Path folder = stopped();
    byte[] config = Files.readAllBytes(folder.resolve("config.yaml"));
    String is = "--run '" + folder + "' is a run of other settings: ";
    String remedy = "; nothing was changed: go on with it as it is by --resume " + folder + ", or name another folder";
    refused(2, is + "'seed: 7' there, 'seed: 8' here" + remedy, words(folder, "--seed", 8));
    refused(2, is + "'mode: robust' there, 'mode: paper' here" + remedy, words(folder, "--mode", "paper"));
    refused(2, is + "'--limit-train: none' there, '--limit-train: 30' here", words(folder, "--limit-train", 30));
    refused(2, is + "'--limit-test: none' there, '--limit-test: 5' here", words(folder, "--limit-test", 5));
    refused(2, is + "'--weights: none' there, '--weights: " + whole, words(folder, "--weights",
        whole.resolve("model.safetensors")));
    refused(2, is + "'name: fmnist_cnn' there, 'name: fmnist_cnn-sgd' here", words(folder, "--optimizer", "sgd"));
    assertThat(folder.resolve("config.yaml")).hasBinaryContent(config);
    succeeds(words(folder));
    ResumeTest.assertSame(folder, whole);
  }

  /** Weights are read once, when the run begins. */
  @Test
  void theWeightsThatItBeganWithAreNotNeededAnyMore() throws IOException {
    Path weights = Files.copy(whole.resolve("model.safetensors"), own.resolve("weights.safetensors"));
    Path folder = own.resolve("run");
    assertThat(succeeds(words(folder, "--epochs", 1, "--weights", weights)).out()).contains("Beginning with the weights");
    Files.delete(weights);
    assertThat(succeeds(words(folder, "--epochs", 2, "--weights", weights)).out())
        .contains("Going on in epoch 2 after step 0\n")
        .doesNotContain("Beginning with");
  }

  @Test
  void aFolderThatIsNoRunIsLeftAlone() throws IOException {
    Path folder = Files.createDirectory(own.resolve("folder"));
    Path thesis = Files.writeString(folder.resolve("thesis.txt"), "words");
    refused(2, "'" + folder + "' is not empty; nothing was changed: name a new folder", words(folder));
    assertThat(folder.toFile().list()).containsExactly("thesis.txt");
    refused(2, "'" + thesis + "' is a file; name a new folder", words(thesis));
    Files.delete(thesis);
    Files.copy(whole.resolve("config.yaml"), folder.resolve("config.yaml"));
    succeeds(words(folder)); // a training that was killed before its first checkpoint leaves that
    ResumeTest.assertSame(folder, whole);
  }

  @Test
  void twoFoldersAreRefused() {
    Path folder = own.resolve("run");
    refused(2, "--out and --run '" + folder + "' both name a run folder; leave out one of them", words(folder, "--out", own));
    refused(2, "--resume and --run '" + folder + "' both name a run folder", words(folder, "--resume", whole));
    assertThat(folder).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 256})
  void aStopCodeThatIsNoneIsRefused(int code) {
    Path folder = own.resolve("run");
    refused(2, "--stop-code is " + code + "; it must be an exit code from 1 to 255", words(folder, "--stop-code", code));
    assertThat(folder).doesNotExist();
  }

  /** What diverged would diverge again in the same folder. */
  @Test
  void theCommandAfterADivergenceNamesNoFolder() {
    Path folder = own.resolve("run");
    Outcome outcome =
        run("train", "fmnist_cnn", "--run", folder, "--data", data, "--optimizer", "sgd", "--learning-rate", "1e30",
            "--batch-size", 10, "--epochs", 1);
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err())
        .endsWith("a smaller rate: arturo train fmnist_cnn --data " + data + " --optimizer sgd --batch-size 10 --epochs 1"
            + " --learning-rate 0.071\n");
  }
}
