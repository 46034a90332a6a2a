// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.reference.Comparison;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Both shapes against plain sums in double. */
class AttentionKernelsTest {
  private static final float SCALE = .3f;

  static Stream<Arguments> sizes() {
    return Stream.of(1, 4, 13, 128, 207, 300)
        .flatMap(positions -> Stream.of(true, false).flatMap(causal -> Arrays.stream(KernelShape.values())
            .map(shape -> Arguments.of(positions, causal, shape))));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void softmaxAndItsGradient(int positions, boolean causal, KernelShape shape) {
    int rows = 3 * positions;
    FloatArray scores = Device.normal(rows * positions, 1);
    for (int i = 0; i < scores.getSize(); i++) {
      scores.set(i, 400 + 8 * scores.get(i)); // exp(.3 · 400) is no float
    }
    double[] before = Comparison.doubles(scores);
    FloatArray gradient = Device.normal(rows * positions, 2);
    double[] upstream = Comparison.doubles(gradient);
    AttentionTasks tasks = new AttentionTasks(rows, positions, causal, SCALE);
    Device.run(
        g -> {
          tasks.addSoftmax(g, shape, "softmax", scores);
          tasks.addBackward(g, shape, "back", gradient, scores);
        },
        scores, gradient);
    double[] weights = new double[before.length];
    double[] slopes = new double[before.length];
    for (int r = 0; r < rows; r++) {
      int start = r * positions;
      int end = start + (causal ? r % positions + 1 : positions);
      double sum = 0;
      for (int i = start; i < end; i++) {
        sum += weights[i] = Math.exp(SCALE * (before[i] - 400));
      }
      double product = 0;
      for (int i = start; i < end; i++) {
        weights[i] /= sum;
        product += weights[i] * upstream[i];
      }
      for (int i = start; i < end; i++) {
        slopes[i] = SCALE * weights[i] * (upstream[i] - product);
      }
    }
    Device.assertClose(scores, weights, 3e-6);
    Device.assertClose(gradient, slopes, 3e-6);
  }

  @ParameterizedTest
  @EnumSource
  void aNaNStaysInItsRow(KernelShape shape) {
    FloatArray scores = FloatArray.fromElements(1, Float.NaN, 3, 4, 5, 6, 7, 8, Float.NaN);
    AttentionTasks tasks = new AttentionTasks(3, 3, true, SCALE);
    Device.run(g -> tasks.addSoftmax(g, shape, "softmax", scores), scores);
    assertThat(scores.get(0)).isEqualTo(1);
    assertThat(Arrays.copyOfRange(scores.toHeapArray(), 1, 6)).doesNotContain(Float.NaN);
    assertThat(Arrays.copyOfRange(scores.toHeapArray(), 6, 9)).containsOnly(Float.NaN);
  }
}
