// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.nn.BatchNormGradientKernels;
import io.github.arturo4j.kernels.nn.BatchNormKernels;
import io.github.arturo4j.kernels.nn.BatchNormTasks;
import io.github.arturo4j.kernels.reference.BatchNormReference;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.ReluReference;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Batch normalisation with a ReLU and the way back through both, in batches with padding rows, in both shapes. */
final class BatchNormCheck {
  private static final double TOLERANCE = 1e-4;

  private BatchNormCheck() {}

  static void run(CheckContext probe) {
    for (KernelShape shape : KernelShape.values()) {
      check(probe, shape, 4, 3, 2, 13);
      check(probe, shape, 9, 8, 5, 4);
      check(probe, shape, 24, 17, 33, 1);
      check(probe, shape, 40, 33, 7, 6);
    }
  }

  private static void check(CheckContext probe, KernelShape shape, int batch, int count, int channels, int pixels) {
    int size = channels * pixels;
    int groups = BatchNormKernels.groups(batch);
    BatchControl step = new BatchControl(0);
    step.set(count, false, 0, 0);
    IntArray control = step.array();
    FloatArray x = probe.values(batch * size);
    FloatArray shortcut = probe.values(batch * size);
    FloatArray dy = probe.values(batch * size);
    FloatArray parameters = probe.values(2 * channels);
    FloatArray buffers = probe.rectified(2 * channels);
    double[] before = Comparison.doubles(buffers);
    FloatArray y = probe.garbage(batch * size);
    FloatArray sum = probe.garbage(batch * size);
    FloatArray gradients = probe.garbage(2 * channels);
    FloatArray dx = probe.garbage(batch * size);
    FloatArray moments = new FloatArray(2 * groups * size);
    FloatArray coefficients = new FloatArray(BatchNormKernels.coefficients(channels, pixels));
    FloatArray sums = new FloatArray(2 * groups * size);
    FloatArray slopes = new FloatArray(2 * size);
    probe.run(
        g -> {
          g.add(t -> t.task("moments", BatchNormKernels::moments, x, control, moments, batch, size));
          BatchNormTasks.addStatistics(g, shape, "statistics", moments, parameters, buffers, control, coefficients, 0,
              channels, 0, channels, groups, channels, pixels);
          g.add(t -> t.task("normalize", BatchNormKernels::affine, x, coefficients, y, batch, size, 0f));
          g.add(t -> t.task("sums", BatchNormGradientKernels::sums, dy, x, coefficients, control, sums, batch, size, 0f));
          BatchNormTasks.addSlopes(g, shape, "slopes", sums, coefficients, control, gradients, slopes, 0, channels,
              groups, channels, pixels);
          g.add(t -> t.task("backward", BatchNormGradientKernels::backward, dy, x, coefficients, slopes, control, dx, batch,
              size, 0f));
          g.add(t -> t.task("running", BatchNormKernels::running, parameters, buffers, coefficients, 0, channels, 0,
              channels, channels, pixels));
          g.add(t -> t.task("add", BatchNormKernels::affineAdd, x, shortcut, coefficients, sum, batch, size, 0f));
        },
        control, x, shortcut, dy, parameters, buffers, y, sum, gradients, dx);

    BatchNormReference reference = new BatchNormReference(count, channels, pixels);
    double[] input = Comparison.doubles(x);
    double[] weight = Arrays.copyOf(Comparison.doubles(parameters), channels);
    double[] bias = Arrays.copyOfRange(Comparison.doubles(parameters), channels, 2 * channels);
    double[] normal = reference.forward(input, reference.means(input), reference.variances(input), weight, bias);
    String images = "%s, %d of %d images of %d×%d: ".formatted(shape, count, batch, channels, pixels);
    probe.expect(images + "output", y, ReluReference.forward(normal), TOLERANCE);
    double[] means = BatchNormReference.moved(Arrays.copyOf(before, channels), reference.means(input));
    double[] variances =
        BatchNormReference.moved(Arrays.copyOfRange(before, channels, 2 * channels), reference.unbiased(input));
    probe.expect(images + "statistics", buffers, concatenated(means, variances), TOLERANCE);
    BatchNormReference.Gradient gradient =
        reference.backward(input, ReluReference.backward(Comparison.doubles(dy), normal, 1), weight);
    probe.expect(images + "gradient", dx, gradient.x(), TOLERANCE);
    probe.expect(
        images + "parameter gradient", gradients, concatenated(gradient.weight(), gradient.bias()), TOLERANCE);
    double[] running = reference.forward(input, means, variances, weight, bias);
    Arrays.setAll(running, i -> running[i] + shortcut.get(i));
    probe.expect(images + "evaluation", sum, ReluReference.forward(running), TOLERANCE);
  }

  private static double[] concatenated(double[] a, double[] b) {
    return DoubleStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
  }
}
