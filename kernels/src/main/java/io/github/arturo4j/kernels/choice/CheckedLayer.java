// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.choice;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.ConvolutionReference;
import io.github.arturo4j.kernels.reference.ReluReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A linear layer or a convolution, forward and backward. */
final class CheckedLayer implements CheckedProduct {
  private final ConvolutionShape s;
  private final boolean linear;
  private final int weight;
  private final int bias;
  private final FloatArray x;
  private final FloatArray p;
  private final FloatArray dy;
  private final FloatArray y;
  private final FloatArray rectified;
  private final FloatArray dx;
  private final FloatArray dp;

  /**
   * One of this shape.
   *
   * @param weight where weights begin in their array
   * @param linear whether it is a linear layer, as {@link ConvolutionReference#linear} puts it
   */
  CheckedLayer(ConvolutionShape s, int weight, boolean biased, boolean linear) {
    this.s = s;
    this.linear = linear;
    this.weight = weight;
    int end = weight + s.weightSize() + 2;
    bias = biased ? end : LinearAlgebra.NO_BIAS;
    x = CheckedProduct.values(s.inputSize(), 1);
    p = CheckedProduct.values(end + s.outChannels(), 2);
    dy = CheckedProduct.values(s.outputSize(), 3);
    y = CheckedProduct.garbage(s.outputSize());
    rectified = CheckedProduct.garbage(s.outputSize());
    dx = CheckedProduct.garbage(s.inputSize());
    dp = CheckedProduct.garbage(p.getSize());
  }

  @Override
  public Stream<FloatArray> arrays() {
    return Stream.of(x, p, dy, y, rectified, dx, dp);
  }

  @Override
  public void addTo(KernelGraph g, LinearAlgebra algebra) {
    if (linear) {
      int batch = s.batch();
      int in = s.inChannels();
      int out = s.outChannels();
      algebra.linearForward(g, "forward", x, p, weight, bias, y, batch, in, out, false);
      algebra.linearForward(g, "relu", x, p, weight, bias, rectified, batch, in, out, true);
      algebra.linearBackwardInput(g, "back", dy, p, weight, dx, batch, in, out);
      algebra.linearBackwardParameters(g, "back", x, dy, dp, weight, bias, batch, in, out);
    } else {
      algebra.convolutionForward(g, "forward", x, p, weight, bias, y, s, false);
      algebra.convolutionForward(g, "relu", x, p, weight, bias, rectified, s, true);
      algebra.convolutionBackwardInput(g, "back", dy, p, weight, dx, s);
      algebra.convolutionBackwardParameters(g, "back", x, dy, dp, weight, bias, s);
    }
  }

  @Override
  public List<String> faults(double tolerance) {
    ConvolutionReference reference = new ConvolutionReference(s);
    double[] input = Comparison.doubles(x);
    double[] parameters = Comparison.doubles(p);
    double[] upstream = Comparison.doubles(dy);
    double[] output = reference.forward(input, parameters, weight, bias);
    return Stream.of(
            difference("output", y, output, tolerance),
            difference("output after ReLU", rectified, ReluReference.forward(output), tolerance),
            difference("input gradient", dx, reference.backwardInput(upstream, parameters, weight), tolerance),
            difference(
                "parameter gradient", dp, reference.backwardParameters(input, upstream, weight, bias, parameters.length), tolerance))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> difference(String what, FloatArray actual, double[] expected, double tolerance) {
    String layer =
        linear
            ? "linear layer of %d×%d to %d".formatted(s.batch(), s.inChannels(), s.outChannels())
            : "convolution of %d×%d×%d×%d to %d channels, kernel %d, stride %d, padding %d".formatted(
                s.batch(), s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(), s.padding());
    return Comparison.difference(layer + ": " + what, Comparison.doubles(actual), expected, tolerance);
  }
}
