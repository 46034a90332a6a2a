// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.graph.Cost;

/**
 * What the tasks of layers have to do. Products with the zeros of a padding count as others do, and im2col's columns,
 * which are scratch, do not.
 */
final class LayerCosts {
  private LayerCosts() {}

  static Cost linearForward(int batch, int in, int out, boolean relu) {
    return cost(product(batch, in, out) + pointwise((long) batch * out, relu),
        (long) batch * in + (long) in * out + out, (long) batch * out);
  }

  static Cost linearBackwardInput(int batch, int in, int out) {
    return cost(product(batch, in, out), (long) batch * out + (long) in * out, (long) batch * in);
  }

  /** Weights and biases in one task. */
  static Cost linearBackwardParameters(int batch, int in, int out) {
    return cost(product(batch, in, out) + (long) batch * out, (long) batch * (in + out), (long) in * out + out);
  }

  static Cost batched(BatchedProduct p) {
    long count = p.count();
    return cost(2 * count * p.rows() * p.columns() * p.terms(), count * p.terms() * (p.rows() + p.columns()),
        count * p.rows() * p.columns());
  }

  static Cost convolutionForward(ConvolutionShape s, boolean relu) {
    return cost(product(s) + pointwise(s.outputSize(), relu),
        (long) s.inputSize() + s.weightSize() + s.outChannels(), s.outputSize());
  }

  static Cost convolutionBackwardInput(ConvolutionShape s) {
    return cost(product(s), (long) s.outputSize() + s.weightSize(), s.inputSize());
  }

  /** Weights and biases in one task. */
  static Cost convolutionBackwardParameters(ConvolutionShape s) {
    return cost(product(s) + s.outputSize(), (long) s.inputSize() + s.outputSize(),
        (long) s.weightSize() + s.outChannels());
  }

  /** The sum of {@code parts} arrays. */
  static Cost sumParts(int size, int parts) {
    return cost((long) size * parts, (long) size * parts, size);
  }

  private static long product(int batch, int in, int out) {
    return 2L * batch * in * out;
  }

  private static long product(ConvolutionShape s) {
    return 2L * s.outputSize() * s.patch();
  }

  /** Bias, and ReLU if there is one. */
  private static long pointwise(long outputs, boolean relu) {
    return relu ? 2 * outputs : outputs;
  }

  private static Cost cost(long flops, long valuesRead, long valuesWritten) {
    return new Cost(flops, valuesRead * Float.BYTES, valuesWritten * Float.BYTES);
  }
}
