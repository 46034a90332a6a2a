// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.models.spec.LayerTypes;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCommandTest {
  @TempDir Path folder;

  @Test
  void showsEachLayerWithShapeParametersAndOperations() {
    assertThat(run("model", "lenet5").out().lines())
        .containsSequence(
            "lenet5, input 1×28×28",
            "layer                                    output           parameters        MFLOP     KB out",
            "0  Conv2d                                6×28×28                 156         0.24       18.8",
            "1  ReLU                                  6×28×28                                        18.8")
        .contains("6  Flatten                               400                                                ")
        .endsWith("61,706 parameters, 0.2 MB; an example: 0.83 MFLOP forward (products and convolutions), outputs 0.06 MB");
  }

  @Test
  void ofAnotherInputAndOtherOutputs() {
    assertThat(run("model", "resnet18", "--input", "1x64x64", "--outputs", "3").out())
        .contains("resnet18, input 1×64×64").contains("    layer2.0.downsample  Sequential").contains("fc  Linear");
    assertThat(run("model", "fmnist_cnn", "--input", "3x8x8").err().strip())
        .isEqualTo(
            "arturo: network fmnist_cnn: maxpool: windows of 2×2 do not fit into 64×1×1 with a padding of 0; its input is"
                + " 64×1×1");
  }

  @Test
  void theListHasEveryNetwork() {
    assertThat(run("model").out().lines()).hasSize(ModelZoo.names().size())
        .contains("resnet50           input 3×224×224  outputs  1000    25,557,032 parameters");
  }

  /** What is printed can be copied into an experiment of one's own, which then is the same network. */
  @ParameterizedTest
  @CsvSource({
    "fmnist_cnn-sgd, fmnist_cnn, 1×28×28", "fmnist_cnn-sgd, fmnist_resnet18, 1×28×28", "fmnist_cnn-sgd, resnet50, 1×28×28",
    "fmnist_cnn-sgd, mobilenet_v2, 1×28×28", "cifar10_cnn-sgd, convnext_tiny, 3×32×32"
  })
  void theYamlOfANetworkIsOneForAnExperiment(String experiment, String name, String input) throws IOException {
    String layers = run("model", name, "--yaml").out();
    String builtIn = Experiments.write(Experiments.find(experiment));
    Path file = folder.resolve("mine.yaml");
    Files.writeString(
        file, builtIn.replaceFirst("(?m)^model: .*", "model:\n" + layers.replaceAll("(?m)^", "  ").replace("$", "\\$")));
    assertThat(Experiments.find(file.toString()).network().parameters())
        .isEqualTo(ModelZoo.model(name).network(Experiments.find(experiment).network().input(), 10).parameters());
    assertThat(run("model", file.toString(), "--yaml").out()).startsWith("- ");
    assertThat(run("model", file.toString()).out()).startsWith(experiment + ", input " + input);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing||there is no experiment, network or run 'nothing'; 'arturo experiments' and 'arturo model' list those",
        "lenet5|--input=0|empty shape 0", "lenet5|--input=3x|--input is '3x'; it must be sizes such as 3x64x64, or one such as 13",
        "lenet5|--outputs=0|--outputs is 0; it must be at least 1",
      })
  void whatIsNotThereIsRefused(String name, String option, String message) {
    Cli.Outcome refused = option == null ? run("model", name) : run("model", name, option);
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).startsWith("arturo: " + message);
  }

  @Test
  void everyKindOfLayerIsListedWithItsKeys() {
    assertThat(run("layers").out().lines()).hasSize(LayerTypes.names().size() + 2)
        .contains(
            "avgpool              kernel: a whole number, stride: a whole number (as kernel), padding: a whole number (0)",
            "residual             body: a list of layers, shortcut: a list of layers ([])");
  }
}
