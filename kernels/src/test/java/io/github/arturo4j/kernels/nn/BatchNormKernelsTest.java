// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.reference.BatchNormReference;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.Execution;
import io.github.arturo4j.kernels.reference.ReluReference;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Forward, statistics and gradients, in both shapes, against plain sums in double; weights, biases and statistics at
 * offsets.
 */
class BatchNormKernelsTest {
  private static final float NO_LIMIT = Float.NEGATIVE_INFINITY;

  private static BatchControl control(int count) {
    BatchControl control = new BatchControl(0);
    control.set(count, false, 0, 0);
    return control;
  }

  /** Values of a normal distribution of mean {@code mean}. */
  private static FloatArray images(int size, float mean) {
    FloatArray x = Device.normal(size, 1);
    for (int i = 0; i < size; i++) {
      x.set(i, 2 * x.get(i) + mean);
    }
    return x;
  }

  private static double[] part(FloatArray values, int from, int length) {
    return Arrays.copyOfRange(Comparison.doubles(values), from, from + length);
  }

  static Stream<Arguments> sizesAndShapes() {
    int[][] sizes = {
      {1, 1, 3, 5}, {4, 3, 2, 13}, {13, 13, 207, 1}, {9, 8, 5, 4}, {17, 16, 3, 49}, {24, 9, 4, 1}, {40, 33, 7, 6},
      {12, 11, 2, 300}
    };
    return Arrays.stream(sizes)
        .flatMap(
            s -> Arrays.stream(KernelShape.values()).map(shape -> Arguments.of(s[0], s[1], s[2], s[3], shape)));
  }

  @ParameterizedTest
  @MethodSource("sizesAndShapes")
  void trainingAgreesWithThePlainReference(int batch, int count, int channels, int pixels, KernelShape shape) {
    int size = channels * pixels;
    FloatArray x = images(batch * size, 1.5f);
    FloatArray shortcut = Device.normal(batch * size, 2);
    FloatArray dy = Device.normal(batch * size, 3);
    FloatArray parameters = Device.normal(3 + 2 * channels, 4);
    FloatArray buffers = Device.normal(1 + 2 * channels, 5);
    double[] before = Comparison.doubles(buffers);
    IntArray control = control(count).array();
    int groups = BatchNormKernels.groups(batch);
    FloatArray moments = Device.garbage(2 * groups * size);
    FloatArray coefficients = Device.garbage(BatchNormKernels.coefficients(channels, pixels));
    FloatArray y = Device.garbage(batch * size);
    FloatArray sum = Device.garbage(batch * size);
    FloatArray sums = Device.garbage(2 * groups * size);
    FloatArray slopes = Device.garbage(2 * size);
    FloatArray gradients = Device.garbage(3 + 2 * channels);
    FloatArray dx = Device.garbage(batch * size);
    int weight = 1;
    int bias = 2 + channels;
    Device.run(
        g -> {
          g.add(t -> t.task("m", BatchNormKernels::moments, x, control, moments, batch, size));
          BatchNormTasks.addStatistics(g, shape, "s", moments, parameters, buffers, control, coefficients, weight, bias,
              0, channels + 1, groups, channels, pixels);
          g.add(t -> t.task("n", BatchNormKernels::affine, x, coefficients, y, batch, size, 0f));
          g.add(t -> t.task("a", BatchNormKernels::affineAdd, x, shortcut, coefficients, sum, batch, size, NO_LIMIT));
          g.add(t -> t.task("b", BatchNormGradientKernels::sums, dy, x, coefficients, control, sums, batch, size, 0f));
          BatchNormTasks.addSlopes(g, shape, "l", sums, coefficients, control, gradients, slopes, weight, bias, groups,
              channels, pixels);
          g.add(t -> t.task("d", BatchNormGradientKernels::backward, dy, x, coefficients, slopes, control, dx, batch, size,
              0f));
        },
        x, shortcut, dy, parameters, buffers, control, moments, coefficients, y, sum, sums, slopes, gradients, dx);

    BatchNormReference reference = new BatchNormReference(count, channels, pixels);
    double[] input = Comparison.doubles(x);
    double[] w = part(parameters, weight, channels);
    double[] means = reference.means(input);
    double[] variances = reference.variances(input);
    double[] normal = reference.forward(input, means, variances, w, part(parameters, bias, channels));
    Device.assertClose(y, ReluReference.forward(normal), 2e-5);
    double[] added = normal.clone();
    Arrays.setAll(added, i -> normal[i] + shortcut.get(i));
    Device.assertClose(sum, added, 2e-5);

    double[] mean = BatchNormReference.moved(Arrays.copyOf(before, channels), means);
    double[] variance =
        BatchNormReference.moved(
            Arrays.copyOfRange(before, channels + 1, 2 * channels + 1), reference.unbiased(input));
    assertThat(Comparison.difference("mean", part(buffers, 0, channels), mean, 1e-5)).isEmpty();
    assertThat(Comparison.difference("var", part(buffers, channels + 1, channels), variance, 1e-5)).isEmpty();
    assertThat((double) buffers.get(channels)).isEqualTo(before[channels]);

    double[] upstream = ReluReference.backward(Comparison.doubles(dy), normal, 1);
    BatchNormReference.Gradient expected = reference.backward(input, upstream, w);
    Device.assertClose(dx, expected.x(), 1e-4);
    assertThat(Comparison.difference("dweight", part(gradients, weight, channels), expected.weight(), 1e-4)).isEmpty();
    assertThat(Comparison.difference("dbias", part(gradients, bias, channels), expected.bias(), 1e-5)).isEmpty();
    assertThat(gradients.get(0)).isNaN();
  }

  @ParameterizedTest
  @EnumSource
  void aMeanFarFromZeroCancelsNothing(KernelShape shape) {
    int batch = 32;
    int pixels = 7;
    FloatArray x = images(batch * pixels, 4096);
    FloatArray parameters = FloatArray.fromElements(1f, 0f);
    FloatArray buffers = FloatArray.fromElements(0f, 1f);
    IntArray control = control(batch).array();
    FloatArray moments = Device.garbage(2 * BatchNormKernels.groups(batch) * pixels);
    FloatArray coefficients = Device.garbage(BatchNormKernels.coefficients(1, pixels));
    Device.run(
        g -> {
          g.add(t -> t.task("m", BatchNormKernels::moments, x, control, moments, batch, pixels));
          BatchNormTasks.addStatistics(g, shape, "s", moments, parameters, buffers, control, coefficients, 0, 1, 0, 1,
              BatchNormKernels.groups(batch), 1, pixels);
        },
        x, parameters, buffers, control, moments, coefficients);
    double variance = new BatchNormReference(batch, 1, pixels).unbiased(Comparison.doubles(x))[0];
    Device.assertClose(buffers, new double[] {409.6, 0.9 + 0.1 * variance}, 1e-3);
  }

  /** Two channels, of which the first has a NaN among the inputs, or, behind it, among the gradients. */
  @ParameterizedTest
  @CsvSource({"CHUNKS,true", "CHUNKS,false", "GROUPS,true", "GROUPS,false"})
  void nanStaysNanInItsChannel(KernelShape shape, boolean input) {
    int batch = 9;
    int pixels = 3;
    int size = 2 * pixels;
    FloatArray x = images(batch * size, 0);
    FloatArray shortcut = Device.normal(batch * size, 2);
    FloatArray dy = Device.normal(batch * size, 3);
    x.set(8 * size, -100f); // a ReLU would stop the gradient
    (input ? x : dy).set(8 * size, Float.NaN);
    FloatArray parameters = FloatArray.fromElements(1f, 1f, 0f, 0f);
    FloatArray buffers = FloatArray.fromElements(0f, 0f, 1f, 1f);
    IntArray control = control(batch).array();
    int groups = BatchNormKernels.groups(batch);
    FloatArray moments = new FloatArray(2 * groups * size);
    FloatArray coefficients = new FloatArray(BatchNormKernels.coefficients(2, pixels));
    FloatArray y = new FloatArray(batch * size);
    FloatArray sum = new FloatArray(batch * size);
    FloatArray sums = new FloatArray(2 * groups * size);
    FloatArray slopes = new FloatArray(2 * size);
    FloatArray gradients = new FloatArray(4);
    FloatArray dx = new FloatArray(batch * size);
    for (Devices.Entry entry : Devices.list()) {
      Execution.on(entry.device()).run(
          g -> {
            g.add(t -> t.task("m", BatchNormKernels::moments, x, control, moments, batch, size));
            BatchNormTasks.addStatistics(g, shape, "s", moments, parameters, buffers, control, coefficients, 0, 2, 0, 2,
                groups, 2, pixels);
            g.add(t -> t.task("n", BatchNormKernels::affine, x, coefficients, y, batch, size, 0f));
            g.add(t -> t.task("a", BatchNormKernels::affineAdd, x, shortcut, coefficients, sum, batch, size, 0f));
            g.add(t -> t.task("b", BatchNormGradientKernels::sums, dy, x, coefficients, control, sums, batch, size, 0f));
            BatchNormTasks.addSlopes(g, shape, "l", sums, coefficients, control, gradients, slopes, 0, 2, groups, 2,
                pixels);
            g.add(t -> t.task("d", BatchNormGradientKernels::backward, dy, x, coefficients, slopes, control, dx, batch, size,
                0f));
          },
          x, shortcut, dy, parameters, buffers, control, moments, coefficients, y, sum, sums, slopes, gradients, dx);
      for (int i = 0; i < batch * size; i++) {
        boolean first = i / pixels % 2 == 0;
        assertThat(Float.isNaN(y.get(i))).as("y %d", i).isEqualTo(first && input);
        assertThat(Float.isNaN(sum.get(i))).as("sum %d", i).isEqualTo(first && input);
        assertThat(Float.isNaN(dx.get(i))).as("dx %d", i).isEqualTo(first);
      }
      assertThat(gradients.get(0)).as("dweight").isNaN();
      assertThat(gradients.get(1)).isFinite();
      assertThat(gradients.get(3)).isFinite();
      assertThat(Float.isNaN(buffers.get(0))).as("running mean").isEqualTo(input);
      assertThat(Float.isNaN(buffers.get(2))).as("running variance").isEqualTo(input);
      assertThat(buffers.get(1) + buffers.get(3)).isFinite();
      buffers.init(1f);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,3,5", "13,207,1", "3,4,13"})
  void evaluationUsesTheRunningStatistics(int batch, int channels, int pixels) {
    int size = channels * pixels;
    FloatArray x = images(batch * size, -1);
    FloatArray parameters = Device.normal(2 * channels, 4);
    FloatArray buffers = Device.normal(2 * channels, 5);
    for (int c = 0; c < channels; c++) {
      buffers.set(channels + c, Math.abs(buffers.get(channels + c)) + 0.1f);
    }
    float[] before = buffers.toHeapArray();
    FloatArray coefficients = Device.garbage(BatchNormKernels.coefficients(channels, pixels));
    FloatArray y = Device.garbage(batch * size);
    Device.run(
        g -> {
          g.add(t -> t.task("r", BatchNormKernels::running, parameters, buffers, coefficients, 0, channels, 0, channels,
              channels, pixels));
          g.add(t -> t.task("n", BatchNormKernels::affine, x, coefficients, y, batch, size, NO_LIMIT));
        },
        x, parameters, buffers, coefficients, y);
    double[] expected =
        new BatchNormReference(batch, channels, pixels)
            .forward(
                Comparison.doubles(x), part(buffers, 0, channels), part(buffers, channels, channels),
                part(parameters, 0, channels), part(parameters, channels, channels));
    Device.assertClose(y, expected, 1e-5);
    assertThat(buffers.toHeapArray()).isEqualTo(before);
  }
}
