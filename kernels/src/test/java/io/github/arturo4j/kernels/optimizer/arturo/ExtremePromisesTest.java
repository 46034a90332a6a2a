// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.Place;
import io.github.arturo4j.kernels.optimizer.Require;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link Mode#ROBUST} guarantees for every finite input, with hyperparameters in all of their {@link Require}: the KL
 * is that of the means as stored, computed here from what is in memory before and after.
 */
class ExtremePromisesTest {
  private static final int[] SIZES = {1, 2, 3, 13, 64, 207, 1000, 4097};
  private static final int STEPS = 8;

  static List<Place> places() {
    return Place.all();
  }

  @Property(tries = 40)
  void thePromisesAreKept(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
    Place.in(KernelShape.CHUNKS).forEach(place -> keepsThePromises(place, seed));
  }

  @Property(tries = 30)
  void thePromisesAreKeptInGroups(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
    Place.in(KernelShape.GROUPS).forEach(place -> keepsThePromises(place, seed));
  }

  static void keepsThePromises(Place place, long seed) {
    RandomGenerator random = ArturoRun.random(seed);
    int n = SIZES[random.nextInt(SIZES.length)];
    double bound = random.nextBoolean() ? AnyFloats.power(random, -8, 1) : AnyFloats.power(random, -15, 15);
    ArturoHyperparameters hp = anyInRange(random, bound);
    try (ArturoRun run = new ArturoRun(place, hp, Mode.ROBUST, AnyFloats.anyFinite(random, n))) {
      for (int step = 0; step < STEPS; step++) {
        float[] gradient = AnyFloats.anyFinite(random, n);
        run.step(gradient, bound);
        check(run, bound);
      }
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ", n " + n + ", bound " + bound + ", " + hp + ": " + e.getMessage(), e);
    }
  }

  /** Checks all promises after a step. */
  static void check(ArturoRun run, double bound) {
    double kl = run.klStored(bound);
    double eta = run.state.eta();
    assertThat(run.report().skippedSteps()).isZero();
    assertThat(run.report().klTaken()).isCloseTo(kl, within(1e-4 * kl + 1e-30));
    assertThat(kl).as("KL").isLessThanOrEqualTo(bound * (eta == 0 ? 1.0001 : 1.01));
    if (eta > 0 && kl < 0.99 * bound) { // with any longer step, the floats near the means exceed it
      assertThat(run.klStored(eta * (1 - 2e-4), bound)).as("KL of a step a little longer").isGreaterThan(bound);
    }
    ArturoState state = run.state;
    for (int i = 0; i < run.mean.length; i++) {
      if (!inRange(run, i)) {
        throw new AssertionError(
            String.format(
                "weight %d: mean %s, l %s, q %s, p00 %s, p01 %s, p11 %s, precision %s",
                i, run.mean[i], state.linear()[i], state.curvature()[i], state.p00()[i], state.p01()[i],
                state.p11()[i], state.precision()[i]));
      }
    }
  }

  private static boolean inRange(ArturoRun run, int i) {
    ArturoState state = run.state;
    double a = state.p00()[i];
    double b = state.p01()[i];
    double c = state.p11()[i];
    float precision = state.precision()[i];
    return Float.isFinite(run.mean[i])
        && Float.isFinite(state.linear()[i])
        && Float.isFinite(state.curvature()[i])
        && a >= 0
        && c >= 0
        && a + c < Double.POSITIVE_INFINITY
        && Math.abs(b) <= Math.sqrt(a * c)
        && precision >= (float) run.hp.minPrecision()
        && precision <= (float) run.hp.maxPrecision();
  }

  /** Steps of the size of a weight's last bits, which no float holds but by luck. */
  @ParameterizedTest
  @MethodSource("places")
  void theKlOfWhatIsStoredIsReportedAndBounded(Place place) {
    rounded(place, 1_000_000, 1, 3.085e-6, 0.01);
    rounded(place, 65, 1e5, 0.0416, 1);
    rounded(place, 1, 1, 3e-11, 1);
  }

  /** @param below how far below the bound KL may be, relatively: a few weights have few values that it can take */
  private static void rounded(Place place, int n, double scale, double bound, double below) {
    RandomGenerator random = ArturoRun.random(n);
    float[] initial = ArturoRun.normal(random, n, scale);
    try (ArturoRun run = new ArturoRun(place, ArturoRun.published(1.3, 0), Mode.ROBUST, initial)) {
      for (int step = 0; step < 3; step++) {
        run.step(ArturoRun.normal(random, n, 1), bound);
        check(run, bound);
        assertThat(run.klStored(bound)).isGreaterThanOrEqualTo((1 - below) * bound);
      }
    }
  }

  /** One gradient of 9e37, then denormals: η·λ is no float. */
  @ParameterizedTest
  @MethodSource("places")
  void noWeightEscapesTheBoundWhereEtaIsGreat(Place place) {
    ArturoHyperparameters hp = with(1e6, 1e6, 2.8, 0, 2);
    float[] gradient = ArturoRun.normal(ArturoRun.random(2), 4097, 1e-42);
    float[] first = gradient.clone();
    first[7] = 9e37f;
    try (ArturoRun run = new ArturoRun(place, hp, Mode.ROBUST, ArturoRun.normal(ArturoRun.random(1), 4097, 1))) {
      for (int step = 0; step < 12; step++) {
        run.step(step == 0 ? first : gradient, ArturoRun.BOUND);
        check(run, ArturoRun.BOUND);
      }
    }
  }

  /** Where rounding took the variances of l and q to 0 and left their covariance, it grew without limit. */
  @ParameterizedTest
  @CsvSource({"1000,100", "100,300"})
  void theFiltersCovarianceStaysWithinItsVariances(double startFilterCov, double scale) {
    ArturoHyperparameters hp = with(0.01, startFilterCov, 2.8168, 0, 1.3);
    for (Place place : Place.all()) {
      RandomGenerator random = ArturoRun.random(3);
      float[] initial = ArturoRun.normal(random, 1000, scale);
      try (ArturoRun run = new ArturoRun(place, hp, Mode.ROBUST, initial)) {
        for (int step = 0; step < 25; step++) {
          run.step(ArturoRun.normal(random, 1000, 1), ArturoRun.BOUND);
          check(run, ArturoRun.BOUND);
        }
      }
    }
  }

  private static ArturoHyperparameters with(double varInit, double startFilterCov, double noise, double q, double nu) {
    return ArturoHyperparameters.builder()
        .varInit(varInit)
        .startFilterCov(startFilterCov)
        .regWeight(0.0587)
        .measurementNoise(noise)
        .dynamicModelNoise(q)
        .nu(nu)
        .weightDecay(0)
        .build();
  }

  private static ArturoHyperparameters anyInRange(RandomGenerator random, double bound) {
    ArturoHyperparameters published = ArturoRun.published(1.3, 0);
    double[] precisions = {published.minPrecision(), published.maxPrecision()};
    if (random.nextBoolean()) {
      precisions = new double[] {any(random, 1), any(random, 1)};
      Arrays.sort(precisions);
    }
    double nu = anyOrZero(random, published.nu());
    double weight = nu < 1e-15 ? any(random, published.regWeight()) : anyOrZero(random, published.regWeight());
    return ArturoHyperparameters.builder()
        .klBound(bound)
        .varInit(any(random, published.varInit()))
        .priorPrec(anyOrZero(random, published.priorPrec()))
        .startFilterCov(anyOrZero(random, published.startFilterCov()))
        .regWeight(Math.min(weight, 1e15 - nu))
        .measurementNoise(any(random, published.measurementNoise()))
        .dynamicModelNoise(anyOrZero(random, published.dynamicModelNoise()))
        .nu(nu)
        .weightDecay(random.nextBoolean() ? 0 : Math.min(any(random, 1e-6), random.nextDouble() / bound))
        .minCurvature(any(random, published.minCurvature()))
        .minPrecision(precisions[0])
        .maxPrecision(precisions[1])
        .build();
  }

  private static double anyOrZero(RandomGenerator random, double published) {
    return random.nextInt(5) == 0 ? 0 : any(random, published);
  }

  private static double any(RandomGenerator random, double published) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> published;
      case 3 -> 1e-15;
      case 4 -> 1e15;
      case 5, 6 -> AnyFloats.power(random, -4, 6);
      default -> AnyFloats.power(random, -15, 15);
    };
  }
}
