// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.optimizer.Place;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each known fault of the published solver: {@link Mode#PAPER} has it, {@link Mode#ROBUST} does not. */
class PublishedFaultsTest {
  private static final double BOUND = ArturoRun.BOUND;

  static List<Place> places() {
    return Place.all();
  }

  /** Runs both modes on the same gradients. */
  private interface Gradients {
    float[] at(int step, float[] mean);
  }

  private static ArturoRun run(
      Place place, Mode mode, double nu, float[] initial, double bound, int steps,
      Gradients gradients) {
    ArturoRun run = new ArturoRun(place, ArturoRun.published(nu, 0), mode, initial);
    for (int step = 0; step < steps; step++) {
      run.step(gradients.at(step, run.mean), bound);
    }
    return run;
  }

  @ParameterizedTest
  @MethodSource("places")
  void aGradientThatJumpsBreaksThePublishedBound(Place place) {
    Gradients jump = (step, mean) -> ArturoRun.normal(ArturoRun.random(step), 100, step < 5 ? 1 : 1000);
    float[] initial = ArturoRun.normal(ArturoRun.random(1), 100, 1);
    try (ArturoRun paper = run(place, Mode.PAPER, 1.3, initial, BOUND, 6, jump);
        ArturoRun robust = run(place, Mode.ROBUST, 1.3, initial, BOUND, 6, jump)) {
      assertThat(paper.report().klTaken()).isGreaterThan(10 * BOUND);
      assertThat(robust.report().klTaken()).isCloseTo(BOUND, within(0.011 * BOUND));
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void thePublishedEtaIsTheNextMidpointAndWasNotTested(Place place) {
    Gradients noise = (step, mean) -> ArturoRun.normal(ArturoRun.random(step), 1000, 1);
    float[] initial = new float[1000];
    double bound = BOUND * 0.006;
    double worstPaper = 0;
    double worstRobust = 0;
    try (ArturoRun paper = run(place, Mode.PAPER, 1.3, initial, bound, 1, noise);
        ArturoRun robust = run(place, Mode.ROBUST, 1.3, initial, bound, 1, noise)) {
      for (int step = 1; step < 40; step++) {
        paper.step(noise.at(step, null), bound);
        robust.step(noise.at(step, null), bound);
        worstPaper = Math.max(worstPaper, paper.report().klTaken() / bound);
        worstRobust = Math.max(worstRobust, robust.report().klTaken() / bound);
      }
    }
    assertThat(worstPaper).isGreaterThan(1.1);
    assertThat(worstRobust).isLessThan(1.011);
  }

  @ParameterizedTest
  @MethodSource("places")
  void thePublishedEtaFreezesWhereTheBoundIsInactive(Place place) {
    Gradients tiny = (step, mean) -> new float[] {1e-3f, -1e-3f, 2e-3f};
    float[] initial = new float[3];
    try (ArturoRun paper = run(place, Mode.PAPER, 1.3, initial, BOUND, 30, tiny);
        ArturoRun robust = run(place, Mode.ROBUST, 1.3, initial, BOUND, 30, tiny)) {
      assertThat(paper.klMean(0, BOUND)).isLessThan(BOUND);
      assertThat(paper.state.eta()).isBetween(0.1f, 0.4f);
      assertThat(robust.state.eta()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void aRootAboveTheCapBreaksThePublishedBound(Place place) {
    Gradients large = (step, mean) -> ArturoRun.normal(ArturoRun.random(step), 50, 100);
    float[] initial = new float[50];
    double bound = 1e-9;
    try (ArturoRun paper = run(place, Mode.PAPER, 1.3, initial, bound, 3, large);
        ArturoRun robust = run(place, Mode.ROBUST, 1.3, initial, bound, 3, large)) {
      assertThat(paper.state.eta()).isGreaterThan(9_000f).isLessThanOrEqualTo(10_000f);
      assertThat(paper.report().klTaken()).isGreaterThan(10 * bound);
      assertThat(robust.state.eta()).isGreaterThan(10_000f);
      assertThat(robust.klMean(robust.state.eta(), bound)).isCloseTo(bound, within(0.01 * bound));
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void negativeCurvatureTurnsThePublishedPrecisionNegative(Place place) {
    Gradients concave =
        (step, mean) -> {
          float[] gradient = new float[mean.length];
          for (int i = 0; i < mean.length; i++) {
            gradient[i] = -20 * mean[i];
          }
          return gradient;
        };
    float[] initial = ArturoRun.normal(ArturoRun.random(3), 20, 3);
    try (ArturoRun paper = run(place, Mode.PAPER, 0, initial, BOUND, 40, concave);
        ArturoRun robust = run(place, Mode.ROBUST, 0, initial, BOUND, 40, concave)) {
      assertThat(min(paper.state.precision())).isNegative();
      assertThat(min(robust.state.precision())).isGreaterThanOrEqualTo((float) robust.hp.minPrecision());
      assertThat(robust.report().negativeCurvature()).isPositive();
      assertThat(robust.mean).satisfies(m -> assertThat(finite(m)).isTrue());
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void oneNanSwitchesThePublishedBoundOffForAll(Place place) {
    Gradients nanOnce =
        (step, mean) -> {
          float[] gradient = ArturoRun.normal(ArturoRun.random(step), 50, 30);
          if (step == 2) {
            gradient[7] = Float.NaN;
          }
          return gradient;
        };
    float[] initial = new float[50];
    double bound = 1e-4;
    try (ArturoRun paper = run(place, Mode.PAPER, 1.3, initial, bound, 12, nanOnce);
        ArturoRun robust = run(place, Mode.ROBUST, 1.3, initial, bound, 12, nanOnce)) {
      assertThat(paper.mean[7]).isNaN();
      assertThat(paper.state.precision()[7]).isNaN();
      assertThat(paper.state.curvature()[7]).isNaN();
      assertThat(klOfTheOthers(paper)).isGreaterThan(10 * bound);
      assertThat(finite(robust.mean)).isTrue();
      assertThat(robust.report().skippedSteps()).isEqualTo(1);
      assertThat(robust.report().klTaken()).isLessThan(1.011 * bound);
    }
  }

  private static double klOfTheOthers(ArturoRun run) {
    double sum = 0;
    for (int i = 0; i < run.mean.length; i++) {
      if (Float.isFinite(run.mean[i])) {
        double step = run.mean[i] - run.meanBefore[i];
        sum += 0.5 * run.state.precision()[i] * step * step;
      }
    }
    return sum;
  }

  private static float min(float[] values) {
    float min = Float.POSITIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
    }
    return min;
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return values.length > 0;
  }
}
