// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.Place;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Mode#ROBUST} guarantees, with the published hyperparameters; with others, {@link ExtremePromisesTest}. */
class RobustPromisesTest {
  private static final int[] SIZES = {1, 4, 13, 207, 4098};

  static List<Place> places() {
    return Place.all();
  }

  @Property(tries = 25)
  void theBoundIsKeptAndThePrecisionStaysInItsLimits(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 0, max = 4) int size,
      @ForAll @DoubleRange(min = -8, max = 1) double logBound,
      @ForAll @DoubleRange(min = 0, max = 2) double nu) {
    Place.in(KernelShape.CHUNKS)
        .forEach(place -> keepsTheBound(place, seed, SIZES[size], Math.pow(10, logBound), nu));
  }

  @Property(tries = 20)
  void theBoundIsKeptAndThePrecisionStaysInItsLimitsInGroups(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 0, max = 4) int size,
      @ForAll @DoubleRange(min = -8, max = 1) double logBound,
      @ForAll @DoubleRange(min = 0, max = 2) double nu) {
    Place.in(KernelShape.GROUPS)
        .forEach(place -> keepsTheBound(place, seed, SIZES[size], Math.pow(10, logBound), nu));
  }

  static void keepsTheBound(Place place, long seed, int n, double bound, double nu) {
    RandomGenerator random = ArturoRun.random(seed);
    ArturoHyperparameters hp = ArturoRun.published(nu, 1e-3);
    try (ArturoRun run = new ArturoRun(place, hp, Mode.ROBUST, ArturoRun.normal(random, n, 1))) {
      for (int step = 0; step < 12; step++) {
        // Scales that jump by orders of magnitude, and gradients that fall as the weight grows: negative curvature.
        float[] gradient = ArturoRun.normal(random, n, Math.pow(10, random.nextDouble(-6, 9)));
        if (step % 3 == 0) {
          for (int i = 0; i < n; i++) {
            gradient[i] = -100 * run.mean[i];
          }
        }
        run.step(gradient, bound);
        ExtremePromisesTest.check(run, bound);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void theFirstStepAndEachLaterOneMatchTheReference(Place place) {
    for (int n : SIZES) {
      RandomGenerator random = ArturoRun.random(n);
      float[] initial = ArturoRun.normal(random, n, 0.1);
      ArturoHyperparameters hp = ArturoRun.published(1.3, 0.01);
      var reference =
          new io.github.arturo4j.kernels.reference.ArturoReference(hp, doubles(initial));
      try (ArturoRun run = new ArturoRun(place, hp, Mode.ROBUST, initial)) {
        for (int step = 0; step < 20; step++) {
          float[] gradient = ArturoRun.normal(random, n, 1);
          run.step(gradient, ArturoRun.BOUND);
          reference.step(doubles(gradient), ArturoRun.BOUND, run.state.eta());
          near(run.mean, reference.mean);
          near(run.state.precision(), reference.precision);
          near(run.state.linear(), reference.linear);
          near(run.state.curvature(), reference.curvature);
          near(run.state.p00(), reference.p00);
          near(run.state.p01(), reference.p01);
          near(run.state.p11(), reference.p11);
          assertThat(run.report().klTaken()).isCloseTo(reference.klTaken, within(1e-4 * reference.klTaken));
        }
      }
    }
  }

  /** From the state before and after, in double. */
  @ParameterizedTest
  @MethodSource("places")
  void theReportTellsInnovationsAndTheKlOfThePrecisions(Place place) {
    RandomGenerator random = ArturoRun.random(11);
    int n = 4098;
    ArturoHyperparameters hp = ArturoRun.published(1.3, 0);
    try (ArturoRun run = new ArturoRun(place, hp, Mode.ROBUST, ArturoRun.normal(random, n, 0.1))) {
      ArturoState before = null;
      for (int step = 0; step < 6; step++) {
        float[] gradient = ArturoRun.normal(random, n, 1);
        run.step(gradient, ArturoRun.BOUND);
        if (before != null) {
          double kl = 0;
          double innovations = 0;
          for (int i = 0; i < n; i++) {
            double ratio = before.precision()[i] / (double) run.state.precision()[i];
            kl += 0.5 * (ratio - 1 - Math.log(ratio));
            double m = run.meanBefore[i];
            double innovation = gradient[i] - before.linear()[i] - before.curvature()[i] * m;
            double noise = hp.dynamicModelNoise();
            double variance =
                before.p00()[i] + noise + 2 * before.p01()[i] * m + (before.p11()[i] + noise) * m * m + hp.measurementNoise();
            innovations += innovation * innovation / variance;
          }
          assertThat(run.report().klCovariance()).isCloseTo(kl, within(1e-3 * kl));
          assertThat(run.report().innovation()).isCloseTo(innovations / n, within(1e-3 * innovations / n));
        }
        before = run.state;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void aGradientThatIsNotFiniteLeavesEveryBitOfTheStateAndIsCounted(Place place) {
    RandomGenerator random = ArturoRun.random(7);
    int n = 20_001;
    try (ArturoRun run = new ArturoRun(place, ArturoRun.published(1.3, 0.01), Mode.ROBUST, ArturoRun.normal(random, n, 1))) {
      run.step(ArturoRun.normal(random, n, 1), ArturoRun.BOUND);
      long skipped = 0;
      for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
        for (int at : new int[] {0, 8191, n - 1}) {
          ArturoState before = run.state;
          float[] gradient = ArturoRun.normal(random, n, 1);
          gradient[at] = bad;
          run.step(gradient, ArturoRun.BOUND);
          assertThat(run.mean).isEqualTo(run.meanBefore);
          assertThat(run.state.precision()).isEqualTo(before.precision());
          assertThat(run.state.linear()).isEqualTo(before.linear());
          assertThat(run.state.curvature()).isEqualTo(before.curvature());
          assertThat(run.state.p00()).isEqualTo(before.p00());
          assertThat(run.state.p01()).isEqualTo(before.p01());
          assertThat(run.state.p11()).isEqualTo(before.p11());
          assertThat(run.report().skippedSteps()).isEqualTo(++skipped);
          assertThat(run.report().klTaken()).isZero();
        }
      }
      run.step(ArturoRun.normal(random, n, 1), ArturoRun.BOUND);
      assertThat(run.mean).isNotEqualTo(run.meanBefore);
      assertThat(run.report().skippedSteps()).isEqualTo(skipped);
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void aSkippedFirstStepDoesNotCountAsTheFirst(Place place) {
    float[] initial = {1, 2, 3};
    float[] gradient = {1, -1, 0.5f};
    ArturoHyperparameters hp = ArturoRun.published(1.3, 0);
    try (ArturoRun skipped = new ArturoRun(place, hp, Mode.ROBUST, initial);
        ArturoRun straight = new ArturoRun(place, hp, Mode.ROBUST, initial)) {
      skipped.step(new float[] {Float.NaN, 1, 1}, ArturoRun.BOUND);
      skipped.step(gradient, ArturoRun.BOUND);
      straight.step(gradient, ArturoRun.BOUND);
      assertThat(skipped.mean).isEqualTo(straight.mean);
      assertThat(skipped.state.linear()).isEqualTo(straight.state.linear());
    }
  }

  private static void near(float[] actual, double[] expected) {
    double greatest = 0;
    for (double x : expected) {
      greatest = Math.max(greatest, Math.abs(x));
    }
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-4 * greatest));
    }
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
