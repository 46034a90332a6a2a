// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.arturo.Arturo;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoRun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The posterior of the precisions that optimizers leave. */
class PosteriorDeviationsTest {
  private static final ArturoHyperparameters ARTURO =
      ArturoHyperparameters.builder().regWeight(0.25).priorPrec(2).minCurvature(0.01).build();

  private static final List<ParameterSlice> SLICES =
      List.of(new ParameterSlice("a.weight", 0, List.of(2)), new ParameterSlice("a.bias", 2, List.of(1)));

  private static float[] deviations(OptimizerConfig config, List<GroupOverride> groups, float... precision) {
    return PosteriorDeviations.of(config, groups, SLICES, precision, 100);
  }

  /** q = w(λ − p₀) = 0.25 · (10 − 2) = 2, so 1/√(2 + 100 · 2); a curvature below the floor is 0.01: 1/√(2 + 100 · 0.01). */
  @Test
  void arturosIsOfTheCurvatureThatItRestsAt() {
    float[] deviations = deviations(ARTURO, List.of(), 10, 1, -50);
    assertThat(deviations[0]).isEqualTo((float) (1 / Math.sqrt(202)));
    assertThat(deviations[1]).isEqualTo((float) (1 / Math.sqrt(3)));
    assertThat(deviations[2]).isEqualTo((float) (1 / Math.sqrt(3)));
  }

  @Test
  void withAsManyExamplesAsItsWeightSaysThePosteriorIsTheOptimizersOwn() {
    double precision = ARTURO.posterior().orElseThrow().posterior(10, (long) (1 / ARTURO.regWeight()));
    assertThat(precision).isEqualTo(10);
  }

  @Test
  void groupsHaveTheirOwnScaleAndFrozenWeightsStay() {
    float[] deviations =
        deviations(
            ARTURO, List.of(GroupOverride.frozen("biases"), GroupOverride.of("a.*", Map.of("regWeight", 0.5))), 10, 10,
            Float.MAX_VALUE);
    assertThat(deviations).containsExactly((float) (1 / Math.sqrt(402)), (float) (1 / Math.sqrt(402)), 0f);
  }

  @Test
  void ivonsIsItsOwn() {
    assertThat(deviations(new Ivon.Config(), List.of(), 4, 16, 64)).containsExactly(0.5f, 0.25f, 0.125f);
  }

  @Test
  void othersHaveNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> deviations(new AdamHyperparameters(), List.of(), 1, 1, 1))
        .withMessage(
            "optimizer adam has no posterior; train with one that keeps Gaussians: arturo, its regWeight positive, or ivon");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> deviations(ArturoHyperparameters.builder().regWeight(0).build(), List.of(), 1, 1, 1))
        .withMessageStartingWith("optimizer arturo (robust) has no posterior");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> deviations(ARTURO, List.of(), 1, 1, Float.NaN))
        .withMessage("a precision of 'a.bias' is NaN");
  }

  /**
   * Of the loss ½ a (θ − 1)² + noise, arTuRO's precision rests where the posterior's is p₀ + N·a: the filter's estimate of a is
   * that of a Kalman filter, so the mean over 400 weights is asked for.
   */
  @Test
  void trainingOnAQuadraticLossLeavesThePosteriorOfItsCurvature() {
    int n = 400;
    double curvature = 2;
    ArturoHyperparameters hp =
        ArturoHyperparameters.builder().klBound(20).regWeight(0.5).startFilterCov(1).measurementNoise(0.01)
            .dynamicModelNoise(1e-6).build();
    float[] initial = ArturoRun.normal(ArturoRun.random(1), n, 1);
    try (OptimizerPlan plan = new OptimizerPlan(new Arturo(hp), initial, Devices.list().getFirst().device())) {
      for (int step = 0; step < 200; step++) {
        float[] parameters = plan.parameters();
        float[] gradient = ArturoRun.normal(ArturoRun.random(step + 2), n, 0.05);
        for (int i = 0; i < n; i++) {
          gradient[i] += (float) (curvature * (parameters[i] - 1));
        }
        plan.step(gradient, hp.klBound());
      }
      float[] deviations =
          PosteriorDeviations.of(hp, List.of(), List.of(new ParameterSlice("w", 0, List.of(n))), plan.precision(), 1000);
      double mean = 0;
      for (float deviation : deviations) {
        mean += 1 / ((double) deviation * deviation) / n;
      }
      assertThat(mean).isCloseTo(1000 * curvature, within(100.0));
    }
  }
}
