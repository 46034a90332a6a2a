// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoRun;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.IvonReference;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** IVON beside its algorithm in double, and what it samples beside the normal distribution. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.optimizer.Place#all")
class IvonTest {
  private static final Ivon.Config CONFIG =
      Ivon.Config.builder().learningRate(0.2).ess(5000).hessInit(0.3).beta2(0.99).weightDecay(1e-3).build();

  private final Place place;

  IvonTest(Place place) {
    this.place = place;
  }

  private OptimizerPlan plan(Ivon.Config config, float[] initial, long seed) {
    Ivon ivon = config.create(place.shape());
    ivon.seed(seed);
    return new OptimizerPlan(ivon, initial, place.device());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 13, 207, 4098})
  void isTheAlgorithmOfThePaper(int n) {
    float[] initial = ArturoRun.normal(ArturoRun.random(n), n, 0.5);
    IvonReference reference = new IvonReference(CONFIG, Comparison.doubles(initial));
    try (OptimizerPlan plan = plan(CONFIG, initial, 7)) {
      for (int step = 1; step <= 9; step++) {
        double rate = 0.2 / step;
        float[] drawn = plan.sample(rate);
        float[] gradient = ArturoRun.normal(ArturoRun.random(100 * n + step), n, 0.1);
        for (int i = 0; i < n; i++) {
          gradient[i] += drawn[i];
        }
        plan.step(gradient, rate);
        reference.step(Comparison.doubles(drawn), Comparison.doubles(gradient), rate);
        float[] parameters = plan.parameters();
        float[] precision = plan.precision();
        for (int i = 0; i < n; i++) {
          assertThat(parameters[i]).isCloseTo((float) reference.parameters[i], within(2e-5f));
          double expected = reference.precision()[i];
          assertThat(precision[i]).isCloseTo((float) expected, within((float) (2e-4 * expected)));
          assertThat(precision[i]).isPositive();
          reference.parameters[i] = parameters[i]; // a rounding of it is much beside the draw, which is near
        }
      }
    }
  }

  /** Of 40,000 draws: mean, variance, skewness, kurtosis and tails, and how two steps and two seeds are correlated. */
  @Test
  void samplesAreNormalAndIndependent() {
    int n = 40_000;
    float[] initial = new float[n];
    double sigma = 1 / Math.sqrt(CONFIG.ess() * (CONFIG.hessInit() + CONFIG.weightDecay()));
    double[][] draws = new double[3][];
    try (OptimizerPlan plan = plan(CONFIG, initial, 7); OptimizerPlan other = plan(CONFIG, initial, 8)) {
      draws[0] = standardised(plan.sample(1e-30), sigma);
      draws[2] = standardised(other.sample(1e-30), sigma);
      plan.step(new float[n], 1e-30);
      float[] precision = plan.precision();
      double after = 1 / Math.sqrt(precision[0]);
      assertThat(plan.parameters()).containsOnly(0f);
      draws[1] = standardised(plan.sample(1e-30), after);
    }
    for (double[] z : draws) {
      assertThat(moment(z, 1)).isCloseTo(0, within(4 / Math.sqrt(n)));
      assertThat(moment(z, 2)).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
      assertThat(moment(z, 3)).isCloseTo(0, within(4 * Math.sqrt(15.0 / n)));
      assertThat(moment(z, 4)).isCloseTo(3, within(4 * Math.sqrt(96.0 / n)));
      assertThat(Arrays.stream(z).filter(v -> Math.abs(v) > 1.959964).count() / (double) n)
          .isCloseTo(0.05, within(4 * Math.sqrt(0.05 * 0.95 / n)));
      assertThat(correlation(z, z, 1)).isCloseTo(0, within(4 / Math.sqrt(n)));
    }
    assertThat(correlation(draws[0], draws[1], 0)).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(correlation(draws[0], draws[2], 0)).isCloseTo(0, within(4 / Math.sqrt(n)));
  }

  private static double[] standardised(float[] drawn, double sigma) {
    double[] z = new double[drawn.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = drawn[i] / sigma;
    }
    return z;
  }

  private static double moment(double[] z, int power) {
    return Arrays.stream(z).map(v -> Math.pow(v, power)).average().orElseThrow();
  }

  private static double correlation(double[] a, double[] b, int lag) {
    double sum = 0;
    for (int i = 0; i + lag < a.length; i++) {
      sum += a[i] * b[i + lag];
    }
    return sum / a.length;
  }

  /** Of the loss ½ a (θ − 1)²: the mean comes to 1, and the posterior's precision to λ(a + δ). */
  @Test
  void findsThePosteriorOfAQuadraticLoss() {
    int n = 2000;
    double[] a = {0.1, 1, 10};
    Ivon.Config config =
        Ivon.Config.builder().learningRate(0.1).ess(1000).hessInit(1).beta2(0.995).weightDecay(1e-6).build();
    try (OptimizerPlan plan = plan(config, new float[n], 3)) {
      for (int step = 0; step < 1500; step++) {
        float[] drawn = plan.sample(0.1);
        float[] gradient = new float[n];
        for (int i = 0; i < n; i++) {
          gradient[i] = (float) (a[i % 3] * (drawn[i] - 1));
        }
        plan.step(gradient, 0.1);
      }
      float[] mean = plan.parameters();
      float[] precision = plan.precision();
      for (int kind = 0; kind < 3; kind++) {
        double means = 0;
        double precisions = 0;
        int count = 0;
        for (int i = kind; i < n; i += 3, count++) {
          means += mean[i];
          precisions += precision[i];
        }
        assertThat(means / count).as("mean of a = %s", a[kind]).isCloseTo(1, within(0.01));
        assertThat(precisions / count / config.ess()).isCloseTo(a[kind], within(0.1 * a[kind]));
      }
    }
  }

  @Test
  void aRestoredOneGoesOnToTheBit() {
    int n = 300;
    float[] initial = ArturoRun.normal(ArturoRun.random(5), n, 0.5);
    try (OptimizerPlan whole = plan(CONFIG, initial, 7); OptimizerPlan half = plan(CONFIG, initial, 7)) {
      for (int step = 1; step <= 6; step++) {
        whole.step(ArturoRun.normal(ArturoRun.random(step), n, 1), 0.1);
        if (step <= 3) {
          half.step(ArturoRun.normal(ArturoRun.random(step), n, 1), 0.1);
        }
      }
      Ivon resumed = CONFIG.create(place.shape());
      resumed.seed(7);
      Map<String, float[]> state = half.save();
      try (OptimizerPlan rest = new OptimizerPlan(resumed, half.parameters(), place.device())) {
        rest.restore(3, state);
        for (int step = 4; step <= 6; step++) {
          rest.step(ArturoRun.normal(ArturoRun.random(step), n, 1), 0.1);
        }
        assertThat(rest.parameters()).isEqualTo(whole.parameters());
        assertThat(rest.precision()).isEqualTo(whole.precision());
      }
    }
  }

  @Test
  void withoutSamplesThereIsNoStep() {
    KernelGraph graph = new KernelGraph("update", place.device());
    assertThatIllegalStateException()
        .isThrownBy(
            () -> {
              CONFIG.create(place.shape()).addTo(graph, Parameters.of(new FloatArray(3), new FloatArray(3)));
              graph.plan();
            })
        .withMessage("ivon computes its gradients at samples: call addBefore before addTo");
  }
}
