// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The optimizers' registry, and what is known of their hyperparameters. */
class OptimizersTest {
  static List<OptimizerConfig> all() {
    return Optimizers.all();
  }

  @Test
  void areKnownByName() {
    assertThat(Optimizers.names()).startsWith("arturo", "adam", "adamw", "sgd");
    assertThat(Optimizers.defaults("adamw")).isEqualTo(AdamWHyperparameters.builder().build());
    assertThat(Optimizers.defaults("arturo")).isEqualTo(ArturoHyperparameters.published());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimizers.defaults("adan"))
        .withMessageStartingWith("no optimizer is 'adan'; there are: arturo, adam, adamw, sgd");
  }

  @ParameterizedTest
  @MethodSource("all")
  void describeEachValueAndMakeAnOptimizerOfTheirName(OptimizerConfig config) {
    assertThat(config.create().name()).isEqualTo(config.name());
    assertThat(config.label()).startsWith(config.name());
    List<Hyperparameters.Info> infos = Hyperparameters.describe(config);
    assertThat(infos).extracting(Hyperparameters.Info::name).contains(config.rateName()).doesNotHaveDuplicates();
    assertThat(infos)
        .allSatisfy(
            info -> {
              assertThat(info.description()).isNotBlank().doesNotContain("\n");
              assertThat(info.range()).isNotBlank();
              assertThat(Hyperparameters.with(config, info.name(), info.value())).isEqualTo(config);
            });
  }

  @ParameterizedTest
  @MethodSource("all")
  void checkEachNumber(OptimizerConfig config) {
    for (Hyperparameters.Info info : Hyperparameters.describe(config)) {
      if (info.value() instanceof Double) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Hyperparameters.with(config, info.name(), -1.0))
            .withMessageStartingWith(info.name() + " is -1.0; it must be ");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void haveARateThatASchedulerSets(OptimizerConfig config) {
    OptimizerConfig other = config.withInitialRate(0.125);
    assertThat(other.initialRate()).isEqualTo(0.125);
    assertThat(other).isNotEqualTo(config).isInstanceOf(config.getClass());
    assertThat(other.withInitialRate(config.initialRate())).isEqualTo(config);
  }

  @Test
  void whatIsNotThereIsNamed() {
    OptimizerConfig adam = Optimizers.defaults("adam");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hyperparameters.with(adam, "momentum", 0.5))
        .withMessage("adam has no hyperparameter 'momentum'; there are: learningRate, beta1, beta2, eps");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArturoHyperparameters.builder().mode(null).build())
        .withMessage("mode is missing; it must be paper or robust");
    assertThat(ArturoHyperparameters.published().withMode(Mode.PAPER).label()).isEqualTo("arturo (paper)");
  }
}
