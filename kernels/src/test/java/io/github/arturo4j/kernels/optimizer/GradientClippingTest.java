// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.reference.Comparison;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Limits of the gradient against their definition in double, on every device and in both shapes of kernels. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.optimizer.Place#all")
class GradientClippingTest {
  private final Place place;

  GradientClippingTest(Place place) {
    this.place = place;
  }

  /** What is left of a gradient, times the scale that the optimizer will apply. */
  private double[] clipped(GradientClipping clipping, float scale, float... gradient) {
    FloatArray gradients = FloatArray.fromArray(gradient);
    FloatArray control = FloatArray.fromElements(scale);
    KernelGraph graph = new KernelGraph("clip", place.device(), place.shape());
    boolean limitsNorm = clipping.maxNorm() < Double.POSITIVE_INFINITY;
    Object[] results = limitsNorm ? new Object[] {gradients, control} : new Object[] {gradients};
    graph.once(gradients, control).result(results);
    clipping.addTo(OptimizerStep.of(graph, Parameters.of(new FloatArray(gradients.getSize()), gradients)), control);
    try (GraphPlan plan = graph.plan()) {
      plan.execute().transferToHost(results);
    }
    double[] left = new double[gradient.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = (double) gradients.get(i) * control.get(0);
    }
    return left;
  }

  private static double norm(double... values) {
    return Math.sqrt(DoubleStream.of(values).map(v -> v * v).sum());
  }

  private static float[] random(int n, DoubleUnaryOperator scale) {
    SplittableRandom random = new SplittableRandom(n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (random.nextGaussian() * scale.applyAsDouble(random.nextDouble()));
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 13, 207, 1023, 4098, 300_007})
  void theNormIsWithinItsLimit(int n) {
    float[] gradient = random(n, u -> Math.pow(10, 4 * u - 2));
    double norm = norm(Comparison.doubles(gradient));
    for (double limit : new double[] {0.37 * norm, 0.999 * norm, 1.001 * norm, 5 * norm}) {
      for (float scale : new float[] {1, 0.5f, 3}) {
        double[] left = clipped(GradientClipping.norm(limit), scale, gradient);
        double factor = Math.min(1, limit / (scale * norm + 1e-6));
        assertThat(norm(left)).isCloseTo(factor * scale * norm, within(1e-5 * scale * norm));
        for (int i = 0; i < n; i++) {
          double expected = gradient[i] * scale * factor;
          assertThat(left[i]).isCloseTo(expected, within(1e-5 * Math.abs(expected)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13, 4098})
  void valuesAreWithinTheirsAndTheNormIsTakenBehind(int n) {
    float[] gradient = random(n, u -> 2);
    double[] expected = DoubleStream.of(Comparison.doubles(gradient)).map(g -> Math.clamp(g, -0.5, 0.5)).toArray();
    assertThat(clipped(GradientClipping.value(0.5), 1, gradient)).isEqualTo(expected);
    double norm = norm(expected);
    double[] both = clipped(new GradientClipping(0.25 * norm, 0.5), 1, gradient);
    for (int i = 0; i < n; i++) {
      assertThat(both[i]).isCloseTo(0.25 * expected[i], within(1e-5));
    }
  }

  /** Squares of such gradients are no floats. */
  @ParameterizedTest
  @ValueSource(floats = {1e-44f, 1e-38f, 1e-30f, 1e-20f, 1e20f, 1e30f, 3e37f})
  void neitherOverflowsNorVanishes(float size) {
    float[] gradient = random(5000, u -> 1);
    double[] exact = new double[gradient.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= size;
      exact[i] = gradient[i];
    }
    double norm = norm(exact);
    double limit = size < 1 ? 1 : 1e3;
    double[] left = clipped(GradientClipping.norm(limit), 1, gradient);
    assertThat(norm(left)).isCloseTo(Math.min(norm, limit), within(1e-5 * Math.min(norm, limit)));
  }

  @Test
  void nothingStaysNothingAndWhatIsNoNumberShows() {
    assertThat(clipped(new GradientClipping(1, 1), 1, 0, 0, 0)).containsOnly(0);
    float[] gradient = random(3000, u -> 1);
    gradient[2001] = Float.NaN;
    assertThat(clipped(GradientClipping.norm(1), 1, gradient)).containsOnly(Double.NaN);
    assertThat(clipped(GradientClipping.value(1), 1, gradient)[2001]).isNaN();
    gradient[2001] = Float.POSITIVE_INFINITY;
    assertThat(clipped(GradientClipping.norm(1), 1, gradient)).containsOnly(Double.NaN);
    assertThat(clipped(GradientClipping.value(1), 1, gradient)[2001]).isEqualTo(1);
  }

  @Test
  void withoutLimitsThereAreNoTasks() {
    KernelGraph graph = new KernelGraph("none", place.device(), place.shape());
    GradientClipping.NONE.addTo(
        OptimizerStep.of(graph, Parameters.of(new FloatArray(3), new FloatArray(3))), new FloatArray(1));
    assertThat(graph.taskCount()).isZero();
  }

  @Test
  void limitsArePositive() {
    for (double value : new double[] {0, -1, Double.NaN, 1e-300}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> GradientClipping.norm(value))
          .withMessage("clipNorm is " + value + "; it must be positive");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> GradientClipping.value(value))
          .withMessage("clipValue is " + value + "; it must be positive");
    }
  }
}
