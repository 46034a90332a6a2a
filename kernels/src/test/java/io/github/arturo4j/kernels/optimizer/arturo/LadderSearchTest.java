// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The decisions of the search, with values that are given. */
class LadderSearchTest {
  private static final float BOUND = 0.5f;

  private final FloatArray control = new FloatArray(ArturoConstants.SIZE);
  private final FloatArray dual = new FloatArray(DualState.SIZE);

  /** After a round in which KL was the bound times these, at η of 1, 2, 4, … */
  private void bracket(int round, double... kl) {
    control.init(0f);
    control.set(ArturoConstants.KL_BOUND, BOUND);
    control.set(ArturoConstants.MIN_CURVATURE, 1e-3f);
    control.set(ArturoConstants.MAX_PRECISION, 1e8f);
    dual.init(0f);
    for (int k = 0; k < DualState.POINTS; k++) {
      dual.set(DualState.LADDER + k, 1 << k);
      dual.set(DualState.KL + k, (float) (BOUND * kl[k]));
    }
    LadderSearch.takeNear(control, dual);
    if (dual.get(DualState.SOLVED) == 0f) {
      LadderSearch.bracket(control, dual, round);
    }
  }

  /** Rounding may put it on either side, in one round on this and in the next on that. */
  @ParameterizedTest
  @CsvSource({"1.000001,1", "0.999999,1", "1.0019,1", "0.9981,1"})
  void aPointAtTheBoundIsTaken(double kl, float eta) {
    bracket(1, kl, 0.25, 0.07, 0.02, 0.005, 0.001);
    assertThat(dual.get(DualState.SOLVED)).isEqualTo(1f);
    assertThat(dual.get(DualState.SKIP)).isZero();
    assertThat(dual.get(DualState.ETA)).isEqualTo(eta);
    bracket(LadderSearch.ROUNDS, 400, 100, 25, 6, 2, kl);
    assertThat(dual.get(DualState.SOLVED)).isEqualTo(1f);
    assertThat(dual.get(DualState.SKIP)).isZero();
    assertThat(dual.get(DualState.ETA)).isEqualTo(32f);
  }

  @Test
  void beforeAndBehindTheLadderItGoesOn() {
    bracket(1, 0.9, 0.25, 0.07, 0.02, 0.005, 0.001);
    assertThat(dual.get(DualState.SOLVED)).isZero();
    assertThat(dual.get(DualState.LADDER + DualState.POINTS - 1)).isEqualTo(1f);
    bracket(1, 400, 100, 25, 6, 2, 1.1);
    assertThat(dual.get(DualState.SOLVED)).isZero();
    assertThat(dual.get(DualState.LADDER)).isEqualTo(32f);
  }

  @Test
  void noNumberIsNoPointAtTheBound() {
    bracket(LadderSearch.ROUNDS, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    assertThat(dual.get(DualState.SKIP)).isEqualTo(1f);
  }

  /** With the sums of PoCL's groups, the root was lost between the first point of the first ladder and the next round. */
  @ParameterizedTest
  @ValueSource(longs = {3, 12087})
  void aRootAtTheFirstPointIsFound(long seed) {
    Place.in(KernelShape.GROUPS)
        .forEach(place -> RobustPromisesTest.keepsTheBound(place, seed, 4098, Math.pow(10, -0.11), 0.02));
  }
}
