// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.schedule.MultiStep;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers that have no experiment of their own: listed, documented, and trained with by their names. */
class OptimizersCommandTest {
  @TempDir Path folder;

  static List<OptimizerConfig> all() {
    return Optimizers.all();
  }

  static List<OptimizerConfig> withoutExperiment() {
    return all().stream().filter(config -> !List.of("arturo", "adam", "adamw", "sgd").contains(config.name())).toList();
  }

  @ParameterizedTest
  @MethodSource("all")
  void areListedWithEachOfTheirValues(OptimizerConfig config) {
    String listed = Cli.run("optimizers").out();
    assertThat(listed.lines()).contains(config.name());
    for (Hyperparameters.Info info : Hyperparameters.describe(config)) {
      assertThat(listed).containsPattern(info.name() + " +" + info.value() + " +" + info.description());
    }
  }

  /** The page is made of what the records say. */
  @ParameterizedTest
  @MethodSource("all")
  void areDocumented(OptimizerConfig config) throws IOException {
    StringBuilder table = new StringBuilder("| value | default | range | what it is |\n|---|--:|---|---|\n");
    for (Hyperparameters.Info info : Hyperparameters.describe(config)) {
      table.append(
          "| `%s` | %s | %s | %s |\n".formatted(info.name(), info.value(), info.range(), info.description()));
    }
    assertThat(Files.readString(Path.of("../docs/optimizers.md"))).contains("`" + config.name() + "`", table);
  }

  @ParameterizedTest
  @MethodSource("withoutExperiment")
  void trainWithTheirDefaults(OptimizerConfig config) throws IOException {
    Path data = SyntheticData.write(folder.resolve("data"), 60, 20);
    Path run = folder.resolve("run");
    Cli.Outcome trained =
        Cli.run("train", "fmnist_cnn", "--optimizer", config.name(), "--data", data, "--out", run, "--epochs", 1);
    assertThat(trained.err()).isEmpty();
    assertThat(trained.code()).isZero();
    assertThat(trained.out()).contains("Training fmnist_cnn-" + config.name(), "optimizer " + config.name() + ",");
    assertThat(Cli.run("evaluate", run, "--data", data).code()).isZero();
    assertThat(Cli.run("train", "--resume", run, "--data", data, "--epochs", 2).code()).isZero();
  }

  @Test
  void aNameAloneStandsForTheDefaultsInAFile() throws IOException {
    Experiment built = Experiments.find("fmnist_cnn-sgd");
    String yaml = Experiments.write(built);
    Path file = folder.resolve("mine.yaml");
    for (OptimizerConfig config : all()) {
      String section = "optimizer:\n  name: " + config.name() + "\n";
      Files.writeString(file, yaml.replaceFirst("(?s)optimizer:\n.*", section));
      assertThat(Experiments.read(file).optimizer()).isEqualTo(config);
      Files.writeString(file, section + yaml.replaceFirst("(?s)optimizer:\n.*", ""));
      assertThat(Experiments.read(file).optimizer()).isEqualTo(config);
    }
  }

  /** A learning rate falls as the published ones do, and a KL bound as the published one. */
  @Test
  void theScheduleIsThatOfTheKindOfRate() {
    for (OptimizerConfig config : withoutExperiment()) {
      double factor = config.rateName().equals("klBound") ? 0.006 : 0.1;
      Experiment experiment = Experiments.find("fmnist_cnn", config.name());
      assertThat(experiment.optimizer()).isEqualTo(config);
      assertThat(experiment.schedule()).isEqualTo(new MultiStep(List.of(60, 90), factor));
      assertThat(Experiments.find("cifar10_cnn-sgd", config.name()).schedule())
          .isEqualTo(new MultiStep(List.of(80, 120), factor));
    }
  }
}
