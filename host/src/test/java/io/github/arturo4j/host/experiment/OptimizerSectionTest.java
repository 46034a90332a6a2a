// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sections of an optimizer with some of its values. */
class OptimizerSectionTest {
  private static final String EXPERIMENT = """
      name: mine
      model: fmnist_cnn
      dataset: fashion-mnist
      epochs: 1
      batchSize: 100
      seed: 1
      schedule: {name: constant}
      optimizer:
      """;

  private static OptimizerConfig read(String... lines) {
    return experiment(lines).optimizer();
  }

  private static Experiment experiment(String... lines) {
    return Experiments.parse(EXPERIMENT + "  " + String.join("\n  ", lines) + "\n", "mine.yaml", Experiment.class);
  }

  static List<OptimizerConfig> all() {
    return Optimizers.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatIsLeftOutHasItsDefault(OptimizerConfig defaults) {
    String name = "name: " + defaults.name();
    assertThat(read(name)).isEqualTo(defaults);
    double other = 1.5 * defaults.initialRate();
    String rate = defaults.rateName() + ": " + other;
    assertThat(read(name, rate)).isEqualTo(defaults.withInitialRate(other));
    assertThat(read(rate, name)).isEqualTo(defaults.withInitialRate(other));
    for (Hyperparameters.Info value : Hyperparameters.describe(defaults)) {
      assertThat(read(name, value.name() + ": " + value.value())).isEqualTo(defaults);
    }
  }

  @Test
  void choicesAndValuesOfEveryPlaceAreTaken() {
    assertThat(read("name: arturo", "mode: paper", "nu: 2", "maxPrecision: 1.0e+7"))
        .isEqualTo(ArturoHyperparameters.builder().mode(Mode.PAPER).nu(2).maxPrecision(1e7).build());
  }

  /** So that another version's defaults change nothing of a run. */
  @ParameterizedTest
  @MethodSource("all")
  void anExperimentIsWrittenWithAllValues(OptimizerConfig defaults) {
    String written = Experiments.write(experiment("name: " + defaults.name()));
    for (Hyperparameters.Info value : Hyperparameters.describe(defaults)) {
      assertThat(written).containsPattern("\n  " + value.name() + ": \"?" + value.value() + "\"?\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nv: 1         | 10: unknown key 'optimizer.nv'; the keys there are: dynamicModelNoise,",
        "nu:           | 10: key 'optimizer.nu' is empty; it must be a number",
        "nu: x         | 10: key 'optimizer.nu' is \"x\"; it must be a number",
        "nu: .inf      | 10: key 'optimizer.nu' is .inf; it must be a number",
        "nu: -1        | 10: nu is -1.0; it must be ",
        "mode: robst   | 10: key 'optimizer.mode' is \"robst\"; it must be one of: paper, robust",
        "minPrecision: 1.0e+9 | 10: minPrecision 1.0E9 is greater than maxPrecision 1.0E8"
      })
  void whatIsThereIsChecked(String line, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("name: arturo", line))
        .withMessageStartingWith("mine.yaml, line " + message);
  }
}
