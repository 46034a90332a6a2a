// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.nn.Device;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.ConvolutionReference;
import io.github.arturo4j.kernels.reference.ReluReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Tiled kernels against plain sums in double, at offsets of the flat buffers. */
class TiledLinearAlgebraTest {
  private static final int WEIGHT = 3;
  private static final double TOLERANCE = 1e-5;

  private final LinearAlgebra algebra = new TiledLinearAlgebra();

  @ParameterizedTest
  @CsvSource({"1,1,1", "4,13,7", "17,33,16", "13,20,37"})
  void linear(int batch, int in, int out) {
    int bias = WEIGHT + in * out + 2;
    FloatArray x = Device.normal(batch * in, 1);
    FloatArray dy = Device.normal(batch * out, 2);
    FloatArray p = Device.normal(bias + out, 3);
    FloatArray y = Device.garbage(batch * out);
    FloatArray rectified = Device.garbage(batch * out);
    FloatArray dx = Device.garbage(batch * in);
    FloatArray gradients = Device.garbage(bias + out);
    Device.run(
        g -> {
          algebra.linearForward(g, "forward", x, p, WEIGHT, bias, y, batch, in, out, false);
          algebra.linearForward(g, "relu", x, p, WEIGHT, bias, rectified, batch, in, out, true);
          algebra.linearBackwardInput(g, "back", dy, p, WEIGHT, dx, batch, in, out);
          algebra.linearBackwardParameters(g, "back", x, dy, gradients, WEIGHT, bias, batch, in, out);
        },
        x, dy, p, y, rectified, dx, gradients);
    check(ConvolutionReference.linear(batch, in, out), x, dy, p, y, rectified, dx, gradients);
  }

  @ParameterizedTest
  @CsvSource({"1,1,3,3,1,3,1,0", "2,3,7,5,4,3,1,0", "3,2,6,9,5,3,1,1", "2,3,9,8,17,3,2,1",
      "35,1,4,5,2,3,1,0", "1,2,9,9,3,7,2,3"})
  void convolution(int batch, int inC, int height, int width, int outC, int kernel, int stride, int padding) {
    ConvolutionShape s = new ConvolutionShape(batch, inC, height, width, outC, kernel, stride, padding);
    int bias = WEIGHT + s.weightSize() + 2;
    FloatArray x = Device.normal(s.inputSize(), 1);
    FloatArray dy = Device.normal(s.outputSize(), 2);
    FloatArray p = Device.normal(bias + outC, 3);
    FloatArray y = Device.garbage(s.outputSize());
    FloatArray rectified = Device.garbage(s.outputSize());
    FloatArray dx = Device.garbage(s.inputSize());
    FloatArray gradients = Device.garbage(bias + outC);
    Device.run(
        g -> {
          algebra.convolutionForward(g, "forward", x, p, WEIGHT, bias, y, s, false);
          algebra.convolutionForward(g, "relu", x, p, WEIGHT, bias, rectified, s, true);
          algebra.convolutionBackwardInput(g, "back", dy, p, WEIGHT, dx, s);
          algebra.convolutionBackwardParameters(g, "back", x, dy, gradients, WEIGHT, bias, s);
        },
        x, dy, p, y, rectified, dx, gradients);
    check(s, x, dy, p, y, rectified, dx, gradients);
  }

  private static void check(
      ConvolutionShape s, FloatArray x, FloatArray dy, FloatArray p, FloatArray y, FloatArray rectified,
      FloatArray dx, FloatArray gradients) {
    ConvolutionReference reference = new ConvolutionReference(s);
    int bias = p.getSize() - s.outChannels();
    double[] parameters = Comparison.doubles(p);
    double[] expected = reference.forward(Comparison.doubles(x), parameters, WEIGHT, bias);
    double[] upstream = Comparison.doubles(dy);
    Device.assertClose(y, expected, TOLERANCE);
    Device.assertClose(rectified, ReluReference.forward(expected), TOLERANCE);
    Device.assertClose(dx, reference.backwardInput(upstream, parameters, WEIGHT), TOLERANCE);
    Device.assertClose(
        gradients,
        reference.backwardParameters(Comparison.doubles(x), upstream, WEIGHT, bias, p.getSize()),
        TOLERANCE);
  }

  @Test
  void hasAName() {
    assertThat(algebra.name()).isEqualTo("tiled kernels");
  }
}
