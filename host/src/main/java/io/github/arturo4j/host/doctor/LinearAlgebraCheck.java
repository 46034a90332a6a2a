// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.ConvolutionReference;
import io.github.arturo4j.kernels.reference.ReluReference;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Convolutions and linear layers, forward with and without the fused ReLU, and backward, at offsets of the buffers. */
final class LinearAlgebraCheck {
  private static final double TOLERANCE = 1e-4;
  private static final int WEIGHT = 3;
  private static final List<ConvolutionShape> CONVOLUTIONS =
      List.of(
          new ConvolutionShape(3, 2, 9, 7, 5, 3, 1, 0),
          new ConvolutionShape(2, 3, 8, 9, 17, 3, 2, 1),
          new ConvolutionShape(35, 1, 4, 5, 2, 3, 1, 0));
  private static final List<ConvolutionShape> WITHOUT_BIAS =
      List.of(new ConvolutionShape(3, 2, 9, 11, 5, 7, 2, 3), new ConvolutionShape(5, 6, 3, 4, 7, 1, 2, 0));
  private static final List<ConvolutionShape> LINEAR =
      List.of(
          ConvolutionReference.linear(1, 1, 1), ConvolutionReference.linear(13, 37, 11),
          ConvolutionReference.linear(135, 300, 11)); // sums in parts on every device

  private final CheckContext probe;
  private final LinearAlgebra algebra;

  private LinearAlgebraCheck(CheckContext probe, LinearAlgebra algebra) {
    this.probe = probe;
    this.algebra = algebra;
  }

  static void run(CheckContext probe, LinearAlgebra algebra) {
    LinearAlgebraCheck check = new LinearAlgebraCheck(probe, algebra);
    CONVOLUTIONS.forEach(shape -> check.check(shape, false, true));
    WITHOUT_BIAS.forEach(shape -> check.check(shape, false, false));
    LINEAR.forEach(shape -> check.check(shape, true, true));
  }

  private void check(ConvolutionShape s, boolean linear, boolean biased) {
    int weights = WEIGHT + s.weightSize();
    int bias = biased ? weights + 2 : LinearAlgebra.NO_BIAS;
    FloatArray x = probe.values(s.inputSize());
    FloatArray p = probe.values(biased ? bias + s.outChannels() : weights);
    FloatArray dy = probe.values(s.outputSize());
    FloatArray y = probe.garbage(s.outputSize());
    FloatArray rectified = probe.garbage(s.outputSize());
    FloatArray dx = probe.garbage(s.inputSize());
    FloatArray dp = probe.garbage(p.getSize());
    int batch = s.batch();
    int in = s.inChannels();
    int out = s.outChannels();
    probe.run(
        g -> {
          if (linear) {
            algebra.linearForward(g, "forward", x, p, WEIGHT, bias, y, batch, in, out, false);
            algebra.linearForward(g, "relu", x, p, WEIGHT, bias, rectified, batch, in, out, true);
            algebra.linearBackwardInput(g, "input", dy, p, WEIGHT, dx, batch, in, out);
            algebra.linearBackwardParameters(g, "parameters", x, dy, dp, WEIGHT, bias, batch, in, out);
          } else {
            algebra.convolutionForward(g, "forward", x, p, WEIGHT, bias, y, s, false);
            algebra.convolutionForward(g, "relu", x, p, WEIGHT, bias, rectified, s, true);
            algebra.convolutionBackwardInput(g, "input", dy, p, WEIGHT, dx, s);
            algebra.convolutionBackwardParameters(g, "parameters", x, dy, dp, WEIGHT, bias, s);
          }
        },
        x, p, dy, y, rectified, dx, dp);
    ConvolutionReference reference = new ConvolutionReference(s);
    double[] input = Comparison.doubles(x);
    double[] parameters = Comparison.doubles(p);
    double[] upstream = Comparison.doubles(dy);
    double[] output = reference.forward(input, parameters, WEIGHT, bias);
    expect(s, linear, "output", y, output);
    expect(s, linear, "output after ReLU", rectified, ReluReference.forward(output));
    expect(s, linear, "input gradient", dx, reference.backwardInput(upstream, parameters, WEIGHT));
    expect(
        s, linear, "parameter gradient", dp,
        reference.backwardParameters(input, upstream, WEIGHT, bias, parameters.length));
  }

  private void expect(ConvolutionShape s, boolean linear, String what, FloatArray actual, double[] expected) {
    String layer =
        linear
            ? "linear layer of %d×%d to %d".formatted(s.batch(), s.inChannels(), s.outChannels())
            : s.toString();
    probe.expect(layer + ": " + what, actual, expected, TOLERANCE);
  }
}
