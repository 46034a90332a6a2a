// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.optimizer.Place;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.GaussianReference;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Draws beside plain Java, and beside the normal distribution. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.optimizer.Place#all")
class GaussianDrawTest {
  private final Place place;

  GaussianDrawTest(Place place) {
    this.place = place;
  }

  private static IntArray key(long seed, long sample) {
    IntArray key = new IntArray(2);
    CounterRandom.setKey(key, 0, seed, sample, 0);
    return key;
  }

  private float[] draw(IntArray key, double scale, float[] mean, float[] deviation) {
    FloatArray means = FloatArray.fromArray(mean);
    FloatArray deviations = FloatArray.fromArray(deviation);
    FloatArray factor = FloatArray.fromElements((float) scale);
    FloatArray values = new FloatArray(mean.length);
    KernelGraph graph = new KernelGraph("draw", place.device(), place.shape()).once(means, deviations);
    graph.everyTime(factor, key).result(values);
    graph.add(g -> g.task("draw", GaussianDraw::draw, factor, key, means, deviations, values));
    try (GraphPlan plan = graph.plan()) {
      plan.execute().transferToHost(values);
    }
    return values.toHeapArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 13, 207, 4098})
  void isThatOfThePlainFormula(int n) {
    Random random = new Random(n);
    float[] mean = new float[n];
    float[] deviation = new float[n];
    for (int i = 0; i < n; i++) {
      mean[i] = (float) random.nextGaussian();
      deviation[i] = i % 5 == 4 ? 0 : random.nextFloat();
    }
    IntArray key = key(n, 3);
    float[] drawn = draw(key, 0.7, mean, deviation);
    double[] expected =
        GaussianReference.of(key.get(0), key.get(1)).draw(0.7, Comparison.doubles(mean), Comparison.doubles(deviation));
    assertThat(Comparison.difference("drawn", Comparison.doubles(drawn), expected, 2e-5)).isEmpty();
    for (int i = 4; i < n; i += 5) {
      assertThat(drawn[i]).as("without a deviation").isEqualTo(mean[i]);
    }
    assertThat(draw(key, 0, mean, deviation)).as("scale 0").containsExactly(mean);
    assertThat(draw(key, 0.7, mean, deviation)).as("again").containsExactly(drawn);
  }

  /** Of 40,000 draws, each bound four standard errors from what it is to be. */
  @Test
  void drawsAreNormalAndIndependent() {
    int n = 40_000;
    float[] mean = new float[n];
    float[] deviation = new float[n];
    Arrays.fill(mean, 3f);
    Arrays.fill(deviation, 0.5f);
    double[][] z = {standard(1, 0, mean, deviation), standard(1, 1, mean, deviation), standard(2, 0, mean, deviation)};
    for (double[] draws : z) {
      assertThat(product(draws, ones(n))).isCloseTo(0, within(4 / Math.sqrt(n)));
      assertThat(product(draws, draws)).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
      assertThat(Arrays.stream(draws).map(v -> Math.pow(v, 4)).average().orElseThrow())
          .isCloseTo(3, within(4 * Math.sqrt(96.0 / n)));
    }
    assertThat(product(z[0], z[1])).as("two samples").isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(product(z[0], z[2])).as("two seeds").isCloseTo(0, within(4 / Math.sqrt(n)));
  }

  private double[] standard(long seed, long sample, float[] mean, float[] deviation) {
    return Arrays.stream(Comparison.doubles(draw(key(seed, sample), 2, mean, deviation))).map(v -> v - 3).toArray();
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum / a.length;
  }
}
