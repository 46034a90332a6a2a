// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.host.dataset.PublishedDataset;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.schedule.MultiStep;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContestantTest {
  @TempDir Path folder;

  /** A built-in experiment as a file, by a regular expression changed. */
  private String yaml(String builtIn, String from, String to) throws IOException {
    String text = Experiments.write(Experiments.find(builtIn));
    String changed = text.replaceFirst(from, to);
    assertThat(changed).isNotEqualTo(text);
    return Files.writeString(folder.resolve("mine.yaml"), changed).toString();
  }

  private static List<String> labels(List<Contestant> contestants) {
    return contestants.stream().map(Contestant::label).toList();
  }

  @Test
  void aFileIsComparedWithTheOptimizersOfItsNetworkAndDataSet() throws IOException {
    String file =
        yaml(
            "cifar10_cnn-sgd",
            "(?s)name: \"cifar10_cnn-sgd\"(.*)mode: \"zero\"(.*)epochs: 160.*batchSize: 255(.*)- 80.*- 120.*factor: 0.1",
            "name: mine$1mode: reflect$2epochs: 9\nbatchSize: 31$3- 4\n  factor: 0.5");
    Experiment mine = Experiments.find(file);
    assertThat(mine.schedule()).isEqualTo(new MultiStep(List.of(4), 0.5));
    List<Contestant> all = Contestant.find(Experiments.variants(file), null);
    assertThat(labels(all)).containsExactly("sgd", "arturo", "adam", "adamw");
    assertThat(all.getFirst().experiment()).as("the file as it is").isEqualTo(mine);
    for (Contestant other : all.subList(1, 4)) {
      Experiment builtIn = Experiments.find("cifar10_cnn", other.label());
      assertThat(other.experiment())
          .isEqualTo(
              new Experiment(
                  "mine-" + other.label(), ModelZoo.model("cifar10_cnn"), new PublishedDataset("cifar-10"),
                  mine.augmentation(), mine.normalization(), null, null,
                  9, 31, 42, new MultiStep(List.of(4), ((MultiStep) builtIn.schedule()).factor()), builtIn.optimizer(), null, null,
                  null, null, null, null, null, null));
    }
    assertThat(Contestant.find(Experiments.variants(file), List.of("arturo", "sgd"))).containsExactly(all.get(1), all.get(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Contestant.find(Experiments.variants(file), List.of("adan")))
        .withMessageStartingWith("--optimizers has 'adan'; there are: arturo, adam, adamw, sgd");
  }

  /** With the values that a built-in experiment has for its network and data set, and defaults where there is none. */
  @Test
  void aFileOfAnotherDataSetThanTheBuiltInOnesHasItsOwnOptimizerAndDefaults() throws IOException {
    String file = yaml("cifar10_cnn-adam", "dataset: .*", "dataset: cifar-100");
    assertThat(labels(Contestant.find(Experiments.variants(file), null))).containsExactly("adam");
    Experiment adam = Experiments.find(file);
    Experiment sgd = Contestant.find(Experiments.variants(file), List.of("adam", "sgd")).getLast().experiment();
    assertThat(sgd)
        .isEqualTo(
            new Experiment(
                "cifar10_cnn-adam-sgd", adam.model(), adam.dataset(), adam.augmentation(), adam.normalization(), null, null,
                160, 255, 42, adam.schedule(), Optimizers.defaults("sgd"), null, null, null, null, null, null, null, null));
    Experiment arturo = Experiments.find(file, "arturo");
    assertThat(arturo.optimizer()).isEqualTo(Optimizers.defaults("arturo"));
    assertThat(arturo.schedule()).isEqualTo(new MultiStep(List.of(80, 120), 0.006));
  }

  @Test
  void aBuiltInExperimentIsComparedWithTheBuiltInOnes() {
    List<Contestant> all = Contestant.find(Experiments.variants("fmnist_cnn-sgd"), null);
    assertThat(labels(all)).containsExactly("arturo", "adam", "adamw", "sgd");
    assertThat(all.stream().map(c -> c.experiment().name()))
        .containsExactly("fmnist_cnn", "fmnist_cnn-adam", "fmnist_cnn-adamw", "fmnist_cnn-sgd");
  }
}
