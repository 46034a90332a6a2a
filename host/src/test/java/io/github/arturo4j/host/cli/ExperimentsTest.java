// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Experiments with each optimizer: built in, chosen by option, and of the user's own. */
class ExperimentsTest {
  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 600, 100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam", "adamw", "sgd"})
  void trainsWithEveryBaseline(String optimizer) throws IOException {
    Path run = own.resolve("run");
    Cli.Outcome trained =
        run("train", "fmnist_cnn", "--optimizer", optimizer, "--data", data, "--out", run, "--epochs", 6,
            "--batch-size", 50, "--learning-rate", optimizer.equals("sgd") ? "0.05" : "0.003");
    assertThat(trained.err()).isEmpty();
    assertThat(trained.code()).isZero();
    assertThat(trained.out()).contains("optimizer " + optimizer + ",");
    assertThat(trained.out().lines().filter(l -> l.matches(" *[1-6]/6 .* - +-"))).hasSize(6);
    List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));
    assertThat(lines.getFirst()).startsWith("epoch,rate,train_loss");
    String[] last = lines.getLast().split(",");
    assertThat(Double.parseDouble(last[1])).isEqualTo(optimizer.equals("sgd") ? 0.05 : 0.003);
    assertThat(last).endsWith("NaN", "NaN", "NaN", "0");
    assertThat(Double.parseDouble(last[5])).isGreaterThan(0.5);
    assertThat(Files.readString(run.resolve("config.yaml"))).contains("name: " + q(optimizer));
    assertThat(SafetensorsFile.read(run.resolve("model.safetensors")).names()).hasSize(10);
    assertThat(run.resolve("precision.safetensors")).doesNotExist();
    Cli.Outcome evaluated = run("evaluate", run, "--data", data);
    assertThat(evaluated.out())
        .contains(String.format(Locale.ROOT, "accuracy %.4f", Double.parseDouble(last[5])));
  }

  /** As Jackson quotes what it writes. */
  private static String q(String value) {
    return '"' + value + '"';
  }

  /** The command that is named trains: the same words with the published rate, which is smaller. */
  @Test
  void aTrainingThatDivergesNamesACommandThatWorks() {
    Path run = own.resolve("run");
    String cause =
        "arturo: the training loss of epoch 1 is NaN; '" + run
            + "' keeps what was before, but --resume would meet the same: train anew with a smaller rate: arturo train ";
    String anew = "fmnist_cnn --optimizer sgd --data " + data + " --limit-train 60 --epochs 1 --seed 7 --learning-rate 0.071";
    Cli.Outcome diverged =
        run("train", "fmnist_cnn", "--optimizer", "sgd", "--data", data, "--limit-train", 60, "--epochs", 1, "--seed", 7,
            "--out", run, "--learning-rate", "1e30", "--batch-size", 10);
    assertThat(diverged.err()).isEqualTo(cause + anew.replace("--seed 7", "--seed 7 --batch-size 10") + "\n");
    assertThat(diverged.code()).isEqualTo(3);
    assertThat(run.resolve("model.safetensors")).doesNotExist();

    Cli.Outcome resumed = run("train", "--resume", run, "--data", data);
    String fromConfiguration =
        "fmnist_cnn-sgd --epochs 1 --batch-size 10 --seed 7 --limit-train 60 --data " + data + " --learning-rate 0.071";
    assertThat(resumed.err()).isEqualTo(cause + fromConfiguration + "\n");
    assertThat(resumed.code()).isEqualTo(3);

    List<Object> words = new ArrayList<>(List.of("train"));
    words.addAll(List.of(fromConfiguration.split(" ")));
    words.addAll(List.of("--out", own.resolve("anew")));
    assertThat(run(words.toArray()).code()).isZero();
  }

  @Test
  void aTrainingWhoseLastStepDivergesSaysSoToo() {
    Path run = own.resolve("run");
    Cli.Outcome outcome =
        run("train", "fmnist_cnn-adam", "--data", data, "--out", run, "--learning-rate", "3e38", "--limit-train", 50,
            "--batch-size", 50, "--epochs", 1);
    assertThat(outcome.err())
        .matches("arturo: a value of '0.weight' is (NaN|-?Infinity) after the steps of epoch 1; '.*' keeps what was before, "
            + "but --resume would meet the same: train anew with a smaller rate: arturo train fmnist_cnn-adam .*\\R");
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(run.resolve("model.safetensors")).doesNotExist();
  }

  @Test
  void badExperimentsNameTheLineAndTheKey() throws IOException {
    String good = new String(Main.class.getResourceAsStream("/experiments/fmnist_cnn.yaml").readAllBytes());
    Path file = own.resolve("mine.yaml");
    Files.writeString(file, good.replace("batchSize: 255", "batchSize: 255\nbatchsize: 255"));
    refused(2, "mine.yaml, line 8: unknown key 'batchsize'; the keys there are: augmentation, batchSize, ", "train", file);
    Files.writeString(file, good.replace("epochs: 120", "epochs: many"));
    refused(2, "mine.yaml, line 6: key 'epochs'", "train", file);
    Files.writeString(file, good.replace("nu: 1.3", "nu: -1"));
    refused(2, "mine.yaml, line 22: nu is -1.0; it must be 0 or greater", "train", file);
    Files.writeString(file, good.replace("klBound: 0.0856", "klBound: -0.0856"));
    refused(2, "mine.yaml, line 15: klBound is -0.0856", "train", file);
    Files.writeString(file, good.replace("[60, 90]", "[60, ninety]"));
    refused(2, "mine.yaml, line 10: key 'schedule.milestones.1'", "train", file);
    Files.writeString(file, good.replace("factor: 0.006", "factor: 7"));
    refused(2, "mine.yaml, line 11: factor is 7.0", "train", file);
    Files.writeString(file, good.replace("seed: 42", "seed: 42: 43"));
    refused(2, "mine.yaml, line 8: ", "train", file);
  }

  @Test
  void badPreprocessingNamesTheLineAndTheKey() throws IOException {
    String good = new String(Main.class.getResourceAsStream("/experiments/cifar10_cnn.yaml").readAllBytes());
    Path file = own.resolve("mine.yaml");
    Files.writeString(file, good.replace("dataset: cifar-10", "dataset: cifar10"));
    refused(2, "mine.yaml, line 5: key 'dataset' is 'cifar10'; there are: fashion-mnist, cifar-10, cifar-100", "train", file);
    Files.writeString(file, good.replace("padding: 4", "padding: 64"));
    refused(2, "mine.yaml, line 7: augmentation.padding is 64; it must be between 0 and 63", "train", file);
    Files.writeString(file, good.replace("padding: 4", "padding: 32"));
    refused(2, "mine.yaml, line 7: augmentation.padding is 32; it must be less than height", "train", file);
    Files.writeString(file, good.replace("padding: 4", "padding: four"));
    refused(2, "mine.yaml, line 7: key 'augmentation.padding'", "train", file);
    Files.writeString(file, good.replace("mode: zero", "mode: mirror"));
    refused(
        2, "mine.yaml, line 8: key 'augmentation.mode' is \"mirror\"; it must be one of: zero, reflect", "train", file);
    Files.writeString(file, good.replace("  flip: true\n", ""));
    refused(2, "mine.yaml, line 6: key 'augmentation.flip' is missing", "train", file);
    Files.writeString(file, good.replace("flip: true", "flip: true\n  rotate: 3"));
    refused(2, "mine.yaml, line 10: unknown key 'augmentation.rotate'; the keys there are: colorJitter, flip, mode, padding,"
        + " resizedCrop", "train", file);
    Files.writeString(file, good.replace("0.1994, 0.2010]", "0.0, 0.2010]"));
    refused(2, "mine.yaml, line 12: normalization.std is [0.2023, 0.0, 0.201]; it has a positive number", "train", file);
    Files.writeString(file, good.replace(", 0.4465]", "]").replace(", 0.2010]", "]"));
    refused(2, "mine.yaml, line 11: normalization.mean is [0.4914, 0.4822]; it must have a number for each channel of the"
        + " images, 3×32×32", "train", file);
    Files.writeString(file, good.replaceAll("(?s)augmentation:.*epochs", "epochs")); // none of both
    refused(2, "--epochs) is 0", "train", file, "--epochs", 0);
    Files.writeString(file, good.replaceAll("dataset: .*\n", ""));
    refused(2, "mine.yaml: key 'dataset' is missing", "train", file);
  }

  @Test
  void badOptimizersNameTheLineAndTheKey() throws IOException {
    String good = new String(Main.class.getResourceAsStream("/experiments/fmnist_cnn-sgd.yaml").readAllBytes());
    Path file = own.resolve("mine.yaml");
    Files.writeString(file, good.replace("name: sgd", "name: adan"));
    refused(2, "mine.yaml, line 13: key 'optimizer.name' is \"adan\"; it must be one of: arturo, adam, adamw, sgd",
        "train", file);
    Files.writeString(file, good.replace("  name: sgd\n", ""));
    refused(2, "mine.yaml, line 12: key 'optimizer.name' is missing; it must be one of: arturo, adam", "train", file);
    Files.writeString(file, good.replace("momentum: 0.8", "momentum: 1.8"));
    refused(2, "mine.yaml, line 15: momentum is 1.8657299202128064; it must be 0 or greater, and less", "train", file);
    Files.writeString(file, good.replace("momentum: 0.8657299202128064", "momentum: much"));
    refused(2, "mine.yaml, line 15: key 'optimizer.momentum'", "train", file);
    Files.writeString(file, good + "  seed: 0\n");
    refused(2, "mine.yaml, line 17: unknown key 'optimizer.seed'; the keys there are: learningRate, momentum",
        "train", file);
  }

  @Test
  void aFileTrainsWithTheOptimizersOfItsNetworkAndDataSet() throws IOException {
    String sgd = new String(Main.class.getResourceAsStream("/experiments/fmnist_cnn-sgd.yaml").readAllBytes());
    Path file = Files.writeString(own.resolve("mine.yaml"), sgd.replace("name: fmnist_cnn-sgd", "name: mine"));
    Path run = own.resolve("run");
    Cli.Outcome trained =
        run("train", file, "--optimizer", "adam", "--data", data, "--out", run, "--epochs", 1, "--limit-train", 60,
            "--learning-rate", "0.002");
    assertThat(trained.err()).isEmpty();
    assertThat(trained.out()).contains("Training mine-adam on ", "optimizer adam,");
    assertThat(Files.readString(run.resolve("config.yaml")))
        .contains("name: " + q("mine-adam"), "name: " + q("adam"), "beta1: 0.9452561249176903", "learningRate: 0.002");
    refused(2, "--optimizer is 'rms'; there are: arturo, adam, adamw, sgd",
        "train", file, "--optimizer", "rms");
  }

  @Test
  void aNameMakesNoFolderElsewhere() throws IOException {
    String good = new String(Main.class.getResourceAsStream("/experiments/fmnist_cnn.yaml").readAllBytes());
    Path outside = own.resolve("outside");
    Path file =
        Files.writeString(own.resolve("mine.yaml"), good.replace("name: fmnist_cnn", "name: " + outside + "/x"));
    refused(2, "mine.yaml, line 3: name is '" + outside + "/x', which becomes the name of a folder",
        "train", file, "--data", data, "--epochs", 1);
    refused(2, "which becomes the name of a folder", "compare", file, "--data", data, "--epochs", 1);
    assertThat(outside).doesNotExist();
  }

  @Test
  void theBuiltInExperimentsAreListed() {
    List<String> rows = run("experiments").out().lines().toList();
    assertThat(rows).hasSize(1 + Experiments.NAMES.size() + Experiments.OTHERS.size());
    assertThat(rows.getFirst().split(" {2,}")).containsExactly("name", "model", "data set", "optimizer", "epochs");
    assertThat(rows.get(2).split(" {2,}"))
        .containsExactly("fmnist_cnn-adam", "fmnist_cnn", "fashion-mnist", "adam", "120");
    assertThat(rows).anyMatch(row -> row.matches("cifar100_cnn-sgd +cifar100_cnn +cifar-100 +sgd +160"));
    assertThat(Experiments.find("fmnist_cnn-adam", "arturo")).isEqualTo(Experiments.find("fmnist_cnn"));
  }
}
