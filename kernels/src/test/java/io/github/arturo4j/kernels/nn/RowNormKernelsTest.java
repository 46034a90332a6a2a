// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.RowNormReference;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class RowNormKernelsTest {
  private static final int WEIGHT = 3;

  /** Against the reference, with weights and biases at offsets of the flat buffers. */
  private static void check(
      RowNormReference reference, KernelShape shape, int rows, int count, int period, int divisor) {
    int length = reference.length();
    int bias = WEIGHT + count + 1;
    FloatArray x = Device.normal(rows * length, 1);
    for (int i = 0; i < x.getSize(); i++) {
      x.set(i, x.get(i) + 1000); // the square of the mean has no digits left for the variance
    }
    FloatArray parameters = Device.normal(bias + count, 2);
    FloatArray statistics = Device.garbage(2 * rows);
    FloatArray y = Device.garbage(rows * length);
    FloatArray before = Device.normal(rows * length, 3);
    FloatArray dy = FloatArray.fromArray(before.toHeapArray());
    FloatArray gradients = Device.garbage(parameters.getSize());
    RowNormTasks tasks = new RowNormTasks(rows, length, period, divisor, WEIGHT, bias, count, (float) reference.epsilon());
    Device.run(
        g -> {
          tasks.addForward(g, shape, "forward", x, statistics, parameters, y);
          tasks.addBackwardParameters(g, shape, "parameters", dy, x, statistics, gradients);
          tasks.addBackwardInput(g, shape, "input", dy, x, statistics, parameters);
        },
        x, parameters, statistics, y, dy, gradients);
    double[] input = Comparison.doubles(x);
    double[] values = Comparison.doubles(parameters);
    double[] upstream = Comparison.doubles(before);
    double[] slopes = reference.backwardParameters(input, upstream, count);
    double[] expected = new double[gradients.getSize()];
    Arrays.fill(expected, Double.NaN);
    System.arraycopy(slopes, 0, expected, WEIGHT, count);
    System.arraycopy(slopes, count, expected, bias, count);
    Device.assertClose(y, reference.forward(input, values, WEIGHT, bias), 3e-4);
    Device.assertClose(gradients, expected, 3e-4 * Math.sqrt(rows * divisor));
    Device.assertClose(dy, reference.backwardInput(input, upstream, values, WEIGHT), 6e-4);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "4,13", "207,4", "207,64", "13,207", "3,4098"})
  void layers(int rows, int length) {
    for (KernelShape shape : KernelShape.values()) {
      check(RowNormReference.ofLayer(length, 1e-5), shape, rows, length, 1, 1);
      check(RowNormReference.ofLayer(length, .3), shape, rows, length, 1, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "4,2,6,13", "13,3,3,4", "5,1,7,9", "2,4,8,207", "33,2,4,5"})
  void groups(int batch, int groups, int channels, int pixels) {
    for (KernelShape shape : KernelShape.values()) {
      check(RowNormReference.ofGroups(groups, channels, pixels), shape, batch * groups, channels, groups, pixels);
    }
  }

  @Test
  void nanStaysInItsRow() {
    FloatArray x = FloatArray.fromElements(1f, 3f, Float.NaN, 1f, 2f, 2f);
    FloatArray parameters = FloatArray.fromElements(1f, 1f, 0f, 0f);
    FloatArray statistics = Device.garbage(6);
    FloatArray y = Device.garbage(6);
    Device.run(
        g -> {
          g.add(t -> t.task("statistics", RowNormKernels::statistics, x, statistics, 3, 2, 1e-5f));
          g.add(t -> t.task("forward", RowNormKernels::forward, x, statistics, parameters, y, 0, 2, 3, 2, 1, 1));
        },
        x, parameters, statistics, y);
    assertThat(y.get(0)).isBetween(-1f, -.9999f);
    assertThat(y.get(1)).isBetween(.9999f, 1f);
    assertThat(new float[] {y.get(2), y.get(3), y.get(4), y.get(5)}).containsExactly(Float.NaN, Float.NaN, 0f, 0f);
  }
}
