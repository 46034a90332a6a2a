// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.OptimizerPlan;
import io.github.arturo4j.kernels.optimizer.Place;
import io.github.arturo4j.kernels.optimizer.Require;
import io.github.arturo4j.kernels.reference.AdaptiveReference;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link AdaptiveArturo} promises: the KL is that of the means as stored, from what is in memory before and after. */
class AdaptivePromisesTest {
  private static final int[] SIZES = {1, 2, 4, 13, 207, 1000, 4098};
  private static final AdaptiveHyperparameters DEFAULTS = AdaptiveHyperparameters.builder().build();

  static List<Place> places() {
    return Place.all();
  }

  /** An optimizer and what a test wants to know of its last step. */
  private static final class Run implements AutoCloseable {
    private final AdaptiveHyperparameters hp;
    private final AdaptiveArturo optimizer;
    private final OptimizerPlan plan;
    float[] before;
    float[] mean;

    Run(Place place, AdaptiveHyperparameters hp, float[] initial) {
      this.hp = hp;
      optimizer = new AdaptiveArturo(hp, place.shape());
      plan = new OptimizerPlan(optimizer, initial, place.device());
      mean = initial;
    }

    void step(float[] gradient, double bound) {
      before = mean;
      plan.step(gradient, bound);
      mean = plan.parameters();
    }

    Map<String, float[]> state() {
      return optimizer.save(plan.last());
    }

    /** ½ Σ λ (μ' − μ)², with the decayed means as μ. */
    double klStored(double bound) {
      float[] metric = state().get("metric");
      double weight = state().get("scalars")[AdaptiveScalars.WEIGHT];
      float decay = (float) (1 - bound * hp.weightDecay());
      double sum = 0;
      for (int i = 0; i < mean.length; i++) {
        double step = mean[i] - (double) (before[i] * decay);
        sum += 0.5 * metric[i] / weight * step * step;
      }
      return sum;
    }

    @Override
    public void close() {
      plan.close();
    }
  }

  /** Where the signal is a millionth of the noise, what it allows is not rounded away. */
  @ParameterizedTest
  @MethodSource("places")
  void aTinySignalIsKeptTo(Place place) {
    for (long seed : new long[] {5319, 8498}) {
      keepsThePromises(place, seed);
    }
  }

  @Property(tries = 40)
  void thePromisesAreKept(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
    Place.in(KernelShape.CHUNKS).forEach(place -> keepsThePromises(place, seed));
  }

  @Property(tries = 30)
  void thePromisesAreKeptInGroups(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
    Place.in(KernelShape.GROUPS).forEach(place -> keepsThePromises(place, seed));
  }

  private static void keepsThePromises(Place place, long seed) {
    RandomGenerator random = ArturoRun.random(seed);
    int n = SIZES[random.nextInt(SIZES.length)];
    AdaptiveHyperparameters hp = anyInRange(random);
    try (Run run = new Run(place, hp, AnyFloats.anyFinite(random, n))) {
      for (int step = 0; step < 10; step++) {
        double bound = random.nextInt(4) == 0 ? AnyFloats.power(random, -15, 15) : hp.klBound();
        bound = hp.weightDecay() == 0 ? bound : Math.min(bound, 0.99 / hp.weightDecay());
        bound = Math.max(bound, Require.MIN);
        run.step(AnyFloats.anyFinite(random, n), bound);
        check(run, bound);
      }
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ", n " + n + ", " + hp + ": " + e.getMessage(), e);
    }
  }

  private static AdaptiveHyperparameters anyInRange(RandomGenerator random) {
    double bound = random.nextBoolean() ? DEFAULTS.klBound() : AnyFloats.power(random, -15, 15);
    return AdaptiveHyperparameters.builder()
        .klBound(bound)
        .weightDecay(random.nextBoolean() ? 0 : Math.min(AnyFloats.power(random, -15, 15), random.nextDouble() / bound))
        .metric(AdaptiveHyperparameters.Metric.values()[random.nextInt(2)])
        .length(AdaptiveHyperparameters.Length.values()[random.nextInt(2)])
        .build();
  }

  /** Checks all promises after a step. */
  private static void check(Run run, double bound) {
    Map<String, float[]> state = run.state();
    float[] scalars = state.get("scalars");
    int n = run.mean.length;
    boolean bySignal = run.hp.length() == AdaptiveHyperparameters.Length.SIGNAL;
    double whole = n * bound * (bySignal ? scalars[AdaptiveScalars.SIGNAL] : 1);
    double kl = run.klStored(bound);
    assertThat(run.plan.report().skippedSteps()).isZero();
    assertThat(scalars[AdaptiveScalars.SIGNAL]).isBetween(0f, 1f);
    assertThat(run.plan.report().klTaken()).isCloseTo(kl, within(1e-3 * kl + 1e-12 * whole));
    assertThat(kl).as("KL").isLessThanOrEqualTo(whole * 1.001 + 1e-30);
    state.forEach(
        (name, values) -> {
          for (float value : values) {
            assertThat(Float.isFinite(value)).as(name + " " + value).isTrue();
          }
        });
    for (int i = 0; i < n; i++) {
      assertThat(Float.isFinite(run.mean[i])).isTrue();
      double a = state.get("p00")[i];
      double b = state.get("p01")[i];
      double c = state.get("p11")[i];
      assertThat(a).isBetween(0.0, 1.0);
      assertThat(c).isBetween(0.0, (double) AdaptiveConstants.CURVATURE_VARIANCE);
      assertThat(Math.abs(b)).isLessThanOrEqualTo(Math.sqrt(a * c) * (1 + 1e-6) + 1e-30);
      assertThat(state.get("noise")[i]).isNotNegative();
      assertThat(state.get("metric")[i]).isPositive();
    }
    for (float precision : run.optimizer.precision(run.plan.last())) {
      assertThat(precision).isPositive().isFinite();
    }
  }

  /** Where no rounding matters and the bound holds the step, all that the signal allows is taken. */
  @ParameterizedTest
  @MethodSource("places")
  void theBoundIsReachedWithinAPercent(Place place) {
    for (AdaptiveHyperparameters.Length length : AdaptiveHyperparameters.Length.values()) {
      RandomGenerator random = ArturoRun.random(3);
      AdaptiveHyperparameters hp = AdaptiveHyperparameters.builder().length(length).build();
      try (Run run = new Run(place, hp, ArturoRun.normal(random, 4098, 0.1))) {
        int held = 0;
        for (int step = 0; step < 20; step++) {
          run.step(ArturoRun.normal(random, 4098, 1e-3), hp.klBound());
          float[] scalars = run.state().get("scalars");
          if (scalars[AdaptiveScalars.FACTOR] < 1) {
            double share = length == AdaptiveHyperparameters.Length.SIGNAL ? scalars[AdaptiveScalars.SIGNAL] : 1;
            double whole = 4098 * hp.klBound() * share;
            assertThat(run.klStored(hp.klBound())).isCloseTo(whole, within(0.01 * whole));
            held++;
          }
        }
        assertThat(held).isPositive();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void everyStepMatchesTheReference(Place place) {
    for (int n : SIZES) {
      for (AdaptiveHyperparameters.Metric metric : AdaptiveHyperparameters.Metric.values()) {
        RandomGenerator random = ArturoRun.random(n);
        AdaptiveHyperparameters hp = AdaptiveHyperparameters.builder().metric(metric).weightDecay(0.5).build();
        float[] initial = ArturoRun.normal(random, n, 0.1);
        AdaptiveReference reference = new AdaptiveReference(hp, doubles(initial));
        try (Run run = new Run(place, hp, initial)) {
          for (int step = 0; step < 30; step++) {
            float[] gradient = ArturoRun.normal(random, n, 1e-2);
            for (int i = 0; i < n; i++) {
              gradient[i] += 0.05f * i / n * run.mean[i]; // some curvature, of another size in each weight
            }
            run.step(gradient, hp.klBound());
            reference.step(doubles(gradient), hp.klBound());
            near(run.mean, reference.parameters);
            near(run.state().get("curvature"), reference.curvature);
            near(run.state().get("noise"), reference.noise);
            near(run.optimizer.precision(run.plan.last()), reference.precision());
            assertThat(run.plan.report().klTaken()).isCloseTo(reference.klTaken, within(1e-3 * reference.klTaken));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void aGradientThatIsNotFiniteLeavesEveryBitOfTheStateAndIsCounted(Place place) {
    RandomGenerator random = ArturoRun.random(7);
    int n = 20_001;
    try (Run run = new Run(place, DEFAULTS, ArturoRun.normal(random, n, 1))) {
      long skipped = 0;
      for (int taken = 0; taken < 2; taken++) { // before the first step, too
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
          Map<String, float[]> before = run.state();
          float[] gradient = ArturoRun.normal(random, n, 1);
          gradient[random.nextInt(n)] = bad;
          run.step(gradient, DEFAULTS.klBound());
          assertThat(run.mean).isEqualTo(run.before);
          run.state()
              .forEach(
                  (name, values) -> {
                    if (!name.equals("scalars") && !(name.equals("center"))) {
                      assertThat(values).as(name).isEqualTo(before.get(name));
                    }
                  });
          assertThat(run.plan.report().skippedSteps()).isEqualTo(++skipped);
          assertThat(run.plan.report().klTaken()).isZero();
        }
        run.step(ArturoRun.normal(random, n, 1), DEFAULTS.klBound());
        assertThat(run.mean).isNotEqualTo(run.before);
      }
    }
  }

  /** What the report tells of filter and precisions, from the state before and after, in double. */
  @ParameterizedTest
  @MethodSource("places")
  void theReportTellsInnovationsAndTheKlOfThePrecisions(Place place) {
    int n = 4098;
    RandomGenerator random = ArturoRun.random(11);
    try (Run run = new Run(place, DEFAULTS, ArturoRun.normal(random, n, 0.1))) {
      Map<String, float[]> before = null;
      double[] precisionBefore = null;
      for (int step = 1; step <= 12; step++) {
        float[] gradient = ArturoRun.normal(random, n, 1e-2);
        run.step(gradient, DEFAULTS.klBound());
        Map<String, float[]> state = run.state();
        double[] precision = new double[n];
        for (int i = 0; i < n; i++) {
          precision[i] = state.get("metric")[i] / (double) state.get("scalars")[AdaptiveScalars.WEIGHT];
        }
        if (before == null) {
          assertThat(run.plan.report().klCovariance()).isZero();
        } else {
          double kl = 0;
          double innovations = 0;
          for (int i = 0; i < n; i++) {
            double ratio = precisionBefore[i] / precision[i];
            kl += 0.5 * (ratio - 1 - Math.log(ratio));
            double delta = run.before[i] - (double) before.get("center")[i];
            double innovation = gradient[i] - before.get("slope")[i] - before.get("curvature")[i] * delta;
            double variance = 1 / (1 - (double) state.get("p00")[i]); // S, as a/S is what is left of a
            innovations += innovation * innovation / (variance * state.get("noise")[i]);
          }
          assertThat(run.plan.report().klCovariance()).isCloseTo(kl, within(1e-3 * kl));
          assertThat(run.plan.report().innovation()).isCloseTo(innovations / n, within(1e-3));
        }
        before = state;
        precisionBefore = precision;
      }
    }
  }

  /** The scale of the loss is nothing to it: the steps are the same. */
  @ParameterizedTest
  @MethodSource("places")
  void aLossInOtherUnitsGivesTheSameSteps(Place place) {
    float[] initial = ArturoRun.normal(ArturoRun.random(1), 207, 0.1);
    try (Run one = new Run(place, DEFAULTS, initial);
        Run other = new Run(place, DEFAULTS, initial)) {
      for (int step = 0; step < 20; step++) {
        float[] gradient = ArturoRun.normal(ArturoRun.random(step), 207, 1e-3);
        float[] greater = gradient.clone();
        for (int i = 0; i < 207; i++) {
          greater[i] *= 1024;
        }
        one.step(gradient, DEFAULTS.klBound());
        other.step(greater, DEFAULTS.klBound());
        near(other.mean, doubles(one.mean));
      }
    }
  }

  /** On a noisy quadratic whose curvatures span four orders of magnitude, the filter tells them apart. */
  @ParameterizedTest
  @EnumSource(KernelShape.class)
  void theFilterFindsCurvaturesThatDiffer(KernelShape shape) {
    int n = 400;
    RandomGenerator random = ArturoRun.random(5);
    float[] mean = new float[n]; // far enough from the optimum, that each has some way to go
    for (int i = 0; i < n; i++) {
      mean[i] = random.nextBoolean() ? 1 : -1;
    }
    try (Run run = new Run(Place.in(shape).getFirst(), DEFAULTS, mean)) {
      for (int step = 0; step < 200; step++) {
        float[] gradient = new float[n];
        for (int i = 0; i < n; i++) {
          gradient[i] = (float) (curvature(i) * (run.mean[i] + 0.01 * random.nextGaussian()));
        }
        run.step(gradient, DEFAULTS.klBound());
      }
      float[] found = run.state().get("curvature");
      for (int i = 0; i < n; i++) {
        assertThat(found[i] / curvature(i)).as("weight " + i).isBetween(0.3, 3.0);
      }
    }
  }

  private static double curvature(int i) {
    return Math.pow(10, -2 + i % 5);
  }

  private static void near(float[] actual, double[] expected) {
    double greatest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-3 * greatest));
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
