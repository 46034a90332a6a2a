// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.kernels.optimizer.ParameterSlice;
import io.github.arturo4j.models.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PruningTest {
  private static final List<ParameterSlice> SLICES =
      List.of(
          new ParameterSlice("a.weight", 0, List.of(2, 2)), new ParameterSlice("a.bias", 4, List.of(1)),
          new ParameterSlice("n.weight", 5, List.of(1), true), new ParameterSlice("b.weight", 6, List.of(2)));

  private static final float[] PARAMETERS = {-4, 1, 3, 0.5f, 0.1f, 0.1f, 2, -0.1f};

  private static final Weights WEIGHTS = new Weights(PARAMETERS, new float[] {7});

  /** |μ|/σ is 1, 10, 1.5, 5 and 2; the last was frozen. */
  private static final float[] DEVIATIONS = {4, 0.1f, 2, 0.1f, 1, 1, 1, 0};

  private static float[] without(Pruning pruning, double share, Pruning.Criterion by) {
    return pruning.without(share, by).parameters();
  }

  @Test
  void removesWhatHasLeastBiasesNormsAndFrozenAside() {
    Pruning pruning = new Pruning(SLICES, WEIGHTS, DEVIATIONS);
    assertThat(pruning.candidates()).isEqualTo(5);
    assertThat(without(pruning, 0.4, Pruning.Criterion.SIGNAL_TO_NOISE)).containsExactly(0, 1, 0, 0.5f, 0.1f, 0.1f, 2, -0.1f);
    assertThat(without(pruning, 0.4, Pruning.Criterion.MAGNITUDE)).containsExactly(-4, 0, 3, 0, 0.1f, 0.1f, 2, -0.1f);
    assertThat(without(pruning, 1, Pruning.Criterion.MAGNITUDE)).containsExactly(0, 0, 0, 0, 0.1f, 0.1f, 0, -0.1f);
    assertThat(without(pruning, 0, Pruning.Criterion.SIGNAL_TO_NOISE)).containsExactly(PARAMETERS);
    assertThat(pruning.without(0.5, Pruning.Criterion.MAGNITUDE).buffers()).containsExactly(7);
  }

  @Test
  void withoutAPosteriorThereIsMagnitude() {
    Pruning pruning = new Pruning(SLICES, WEIGHTS, null);
    assertThat(without(pruning, 0.5, Pruning.Criterion.MAGNITUDE)).containsExactly(-4, 0, 3, 0, 0.1f, 0.1f, 2, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pruning.without(0.5, Pruning.Criterion.SIGNAL_TO_NOISE))
        .withMessage("without a posterior weights have no |μ|/σ; prune by magnitude");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pruning.without(Double.NaN, Pruning.Criterion.MAGNITUDE))
        .withMessage("the share of weights to remove is NaN; it must be from 0 to 1");
  }

  @Test
  void theCurveHasBothAndBeginsWithAll() {
    PruningCurve curve = PruningCurve.of(new Pruning(SLICES, WEIGHTS, DEVIATIONS), weights -> weights.parameters()[0]);
    assertThat(curve.points().getFirst().values())
        .isEqualTo(Map.of(Pruning.Criterion.SIGNAL_TO_NOISE, -4.0, Pruning.Criterion.MAGNITUDE, -4.0));
    assertThat(curve.points().get(2).values())
        .isEqualTo(Map.of(Pruning.Criterion.SIGNAL_TO_NOISE, 0.0, Pruning.Criterion.MAGNITUDE, -4.0));
  }
}
