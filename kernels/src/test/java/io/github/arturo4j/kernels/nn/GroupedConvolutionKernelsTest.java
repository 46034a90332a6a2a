// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.GroupedConvolutionReference;
import io.github.arturo4j.kernels.reference.ReluReference;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class GroupedConvolutionKernelsTest {
  private static final int WEIGHT = 3;
  private static final float NO_LIMIT = Float.NEGATIVE_INFINITY;

  @ParameterizedTest
  @CsvSource({"1,1,1,1,1,1,1,0,1,1", "4,4,7,5,4,3,1,1,1,4", "2,6,5,6,9,3,2,1,1,3", "3,2,9,8,3,3,1,2,2,1",
      "2,4,8,9,6,2,3,1,3,2", "13,13,4,1,26,1,1,0,1,13", "2,3,6,7,3,5,1,4,2,3", "207,2,3,3,2,3,1,1,1,2"})
  void agreesWithTheDenseConvolution(
      int batch, int in, int height, int width, int out, int side, int stride, int padding, int dilation, int groups) {
    ConvolutionShape shape = new ConvolutionShape(batch, in, height, width, out, side, stride, padding);
    GroupedConvolutionReference reference = new GroupedConvolutionReference(shape, dilation, groups);
    int outHeight = reference.dense().outHeight();
    int outWidth = reference.dense().outWidth();
    int bias = WEIGHT + reference.weightSize() + 2;
    FloatArray x = Device.normal(shape.inputSize(), 1);
    FloatArray parameters = Device.normal(bias + out, 2);
    FloatArray dy = Device.normal(reference.dense().outputSize(), 3);
    FloatArray y = Device.garbage(dy.getSize());
    FloatArray rectified = Device.garbage(dy.getSize());
    FloatArray dx = Device.garbage(x.getSize());
    FloatArray gradients = Device.garbage(parameters.getSize());
    Device.run(
        g -> {
          g.loops("forward", batch * out, outHeight, outWidth);
          g.add(t -> t.task("forward", GroupedConvolutionKernels::forward, x, parameters, y, WEIGHT, bias, batch * out, in,
              height, width, out, outHeight, outWidth, side, stride, padding, dilation, groups, NO_LIMIT));
          g.add(t -> t.task("relu", GroupedConvolutionKernels::forward, x, parameters, rectified, WEIGHT, -1, batch * out,
              in, height, width, out, outHeight, outWidth, side, stride, padding, dilation, groups, 0f));
          g.loops("input", batch * in, height, width);
          g.add(t -> t.task("input", GroupedConvolutionKernels::backwardInput, dy, parameters, dx, WEIGHT, batch * in, in,
              height, width, out, outHeight, outWidth, side, stride, padding, dilation, groups));
          g.add(t -> t.task("weights", GroupedConvolutionKernels::backwardWeights, x, dy, gradients, WEIGHT, batch, in,
              height, width, out, outHeight, outWidth, side, stride, padding, dilation, groups));
          g.add(t -> t.task("bias", GroupedConvolutionKernels::backwardBias, dy, gradients, bias, batch, out,
              outHeight * outWidth));
        },
        x, parameters, dy, y, rectified, dx, gradients);
    double[] input = Comparison.doubles(x);
    double[] values = Comparison.doubles(parameters);
    double[] upstream = Comparison.doubles(dy);
    double[] slopes = reference.backwardParameters(input, upstream);
    double[] expected = new double[gradients.getSize()];
    Arrays.fill(expected, Double.NaN);
    System.arraycopy(slopes, 0, expected, WEIGHT, reference.weightSize());
    System.arraycopy(slopes, reference.weightSize(), expected, bias, out);
    Device.assertClose(y, reference.forward(input, values, WEIGHT, bias), 1e-5);
    Device.assertClose(rectified, ReluReference.forward(reference.forward(input, values, WEIGHT, -1)), 1e-5);
    Device.assertClose(dx, reference.backwardInput(upstream, values, WEIGHT), 1e-5);
    Device.assertClose(gradients, expected, 1e-5 * Math.max(1, Math.sqrt(batch)));
  }

  @Test
  void nanStaysInItsGroup() {
    FloatArray x = FloatArray.fromElements(Float.NaN, 1f, 2f, 3f);
    FloatArray parameters = FloatArray.fromElements(1f, -1f);
    FloatArray y = Device.garbage(4);
    Device.run(
        g -> g.add(t -> t.task("f", GroupedConvolutionKernels::forward, x, parameters, y, 0, -1, 2, 2, 1, 2, 2, 1, 2, 1, 1,
            0, 1, 2, 0f)),
        x, parameters, y);
    assertThat(y.toHeapArray()).containsExactly(Float.NaN, 1f, 0f, 0f);
  }
}
