// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.config.AdamConfig;
import io.github.arturo4j.host.config.AdamWConfig;
import io.github.arturo4j.host.config.Experiment;
import io.github.arturo4j.host.config.Experiments;
import io.github.arturo4j.host.config.Schedule;
import io.github.arturo4j.host.config.SgdConfig;
import io.github.arturo4j.host.run.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(Safetensors.read(run.resolve("model.safetensors"))).hasSize(10).doesNotContainKey("0.bias.precision");
    Cli.Outcome evaluated = run("evaluate", run, "--data", data);
    assertThat(evaluated.out())
        .contains(String.format(Locale.ROOT, "accuracy %.4f", Double.parseDouble(last[5])));
  }

  /** As Jackson quotes what it writes. */
  private static String q(String value) {
    return '"' + value + '"';
  }

  @Test
  void aTrainingThatDivergesSaysWhatToTry() {
    refused(1, "the training loss of epoch 1 is NaN; train with a smaller --learning-rate.", "train", "fmnist_cnn-sgd",
        "--data", data, "--out", own.resolve("run"), "--learning-rate", "1e30", "--epochs", 1);
  }

  @Test
  void badExperimentsNameTheLineAndTheKey() throws IOException {
    String good = new String(Main.class.getResourceAsStream("/experiments/fmnist_cnn.yaml").readAllBytes());
    Path file = own.resolve("mine.yaml");
    Files.writeString(file, good.replace("batchSize: 255", "batchSize: 255\nbatchsize: 255"));
    refused(2, "mine.yaml, line 8: unknown key 'batchsize'; the keys there are: batchSize", "train", file);
    Files.writeString(file, good.replace("epochs: 120", "epochs: many"));
    refused(2, "mine.yaml, line 6: key 'epochs'", "train", file);
    Files.writeString(file, good.replace("nu: 1.3", "nu: -1"));
    refused(2, "mine.yaml, line 22: nu is -1.0; it must be 0 or greater", "train", file);
    Files.writeString(file, good.replace("klBound: 0.0856", "klBound: -0.0856"));
    refused(2, "mine.yaml, line 15: optimizer.klBound (--kl-bound) is -0.0856", "train", file);
    Files.writeString(file, good.replace("  nu: 1.3\n", ""));
    refused(2, "mine.yaml: key 'optimizer.nu' is missing", "train", file);
    Files.writeString(file, good.replace("[60, 90]", "[60, ninety]"));
    refused(2, "mine.yaml, line 10: key 'schedule.milestones.1'", "train", file);
    Files.writeString(file, good.replace("factor: 0.006", "factor: 7"));
    refused(2, "mine.yaml, line 11: schedule.factor is 7.0", "train", file);
    Files.writeString(file, good.replace("seed: 42", "seed: 42: 43"));
    refused(2, "mine.yaml, line 8: ", "train", file);
    refused(2, "is a file of your own: leave the option out", "train", own.resolve("fine.yaml"), "--optimizer", "sgd");
  }

  @Test
  void badOptimizersNameTheLineAndTheKey() throws IOException {
    String good = new String(Main.class.getResourceAsStream("/experiments/fmnist_cnn-sgd.yaml").readAllBytes());
    Path file = own.resolve("mine.yaml");
    Files.writeString(file, good.replace("name: sgd", "name: rmsprop"));
    refused(2, "mine.yaml, line 13: optimizer.name is 'rmsprop'; there are: arturo, adam, adamw, sgd", "train", file);
    Files.writeString(file, good.replace("  name: sgd\n", ""));
    refused(2, "mine.yaml: optimizer.name is missing; it is one of: arturo, adam, adamw, sgd", "train", file);
    Files.writeString(file, good.replace("momentum: 0.8", "momentum: 1.8"));
    refused(2, "mine.yaml, line 15: momentum is 1.8657299202128064; it must be 0 or greater, and less", "train", file);
    Files.writeString(file, good.replace("momentum: 0.8657299202128064", "momentum: much"));
    refused(2, "mine.yaml, line 15: key 'optimizer.momentum'", "train", file);
    Files.writeString(file, good + "  seed: 0\n");
    refused(2, "mine.yaml, line 17: unknown key 'seed'; the keys there are: learningRate, momentum", "train", file);
    // The name is not the first key: what stands before it is read before it is known what it belongs to.
    Files.writeString(file, good.replace("  name: sgd\n", "") + "  name: sgd\n");
    refused(2, "--epochs) is 0", "train", file, "--epochs", 0);
    Files.writeString(file, good.replace("  name: sgd\n", "").replace("Rate: 0.07", "Rate: x0.07") + "  name: sgd\n");
    refused(2, "mine.yaml, line 13: key 'optimizer.learningRate'", "train", file);
    Files.writeString(file, good.replaceAll("(?s)optimizer:.*", "optimizer: sgd\n"));
    refused(2, "optimizer.name is missing", "train", file);
  }

  @Test
  void theBuiltInExperimentsAreListedAndHoldThePublishedValues() {
    List<String> rows = run("experiments").out().lines().toList();
    assertThat(rows).hasSize(1 + Experiments.NAMES.size());
    assertThat(rows.getFirst().split(" {2,}")).containsExactly("name", "model", "data set", "optimizer", "epochs");
    assertThat(rows.get(2).split(" {2,}"))
        .containsExactly("fmnist_cnn-adam", "fmnist_cnn", "fashion-mnist", "adam", "120");
    for (String name : Experiments.NAMES) {
      Experiment experiment = Experiments.find(name);
      assertThat(experiment.name()).isEqualTo(name);
      assertThat(experiment.batchSize()).isEqualTo(255);
      assertThat(experiment.seed()).isEqualTo(42);
      assertThat(experiment.schedule())
          .isEqualTo(new Schedule(List.of(60, 90), name.equals("fmnist_cnn") ? 0.006 : 0.1));
      assertThat(experiment.optimizer().create().name()).isEqualTo(experiment.optimizer().name());
    }
    assertThat(Experiments.find("fmnist_cnn", "adam").optimizer())
        .isEqualTo(new AdamConfig(0.0010124381281468571, 0.9452561249176903, 0.9903417453021011, 1e-8));
    assertThat(Experiments.find("fmnist_cnn-sgd", "adamw").optimizer())
        .isEqualTo(
            new AdamWConfig(
                0.0010042022959335032, 0.9222472693342788, 0.9999446218805058, 1e-8, 0.00014236954411167154));
    assertThat(Experiments.find("fmnist_cnn", "sgd").optimizer())
        .isEqualTo(new SgdConfig(0.07104941466307176, 0.8657299202128064, 0.0002247076258274683));
    assertThat(Experiments.find("fmnist_cnn-adam", "arturo")).isEqualTo(Experiments.find("fmnist_cnn"));
  }
}
