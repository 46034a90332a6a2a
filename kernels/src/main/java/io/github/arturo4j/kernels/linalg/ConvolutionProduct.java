// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A product of a convolution, as one of matrices.
 *
 * @param shape the convolution's
 * @param biased whether the gradients of biases are computed with those of the weights; false in the other passes
 */
public record ConvolutionProduct(Pass pass, ConvolutionShape shape, boolean biased) implements Product {
  /** From the input to the output. */
  public static ConvolutionProduct forward(ConvolutionShape shape) {
    return new ConvolutionProduct(Pass.forward, shape, false);
  }

  /** The gradient of the input. */
  public static ConvolutionProduct input(ConvolutionShape shape) {
    return new ConvolutionProduct(Pass.input, shape, false);
  }

  /** The gradients of the weights, and perhaps of the biases. */
  public static ConvolutionProduct parameters(ConvolutionShape shape, boolean biased) {
    return new ConvolutionProduct(Pass.parameters, shape, biased);
  }

  /** Sizes as in {@link ConvolutionShape}: images, channels, rows and columns, channels out; kernel, stride, padding. */
  @Override
  public String key() {
    return "convolution " + pass + " " + shape.batch() + " " + shape.inChannels() + " " + shape.inHeight() + " " + shape.inWidth() + " "
        + shape.outChannels() + " kernel " + shape.kernel() + " " + shape.stride() + " " + shape.padding() + (biased ? " biased" : "");
  }

  @Override
  public int rows() {
    return pass == Pass.input ? gradients().inChannels() : shape.outChannels();
  }

  @Override
  public int columns() {
    return switch (pass) {
      case forward -> pixels();
      case input -> shape.batch() * gradients().inHeight() * gradients().inWidth();
      case parameters -> shape.patch() + (biased ? 1 : 0);
    };
  }

  @Override
  public int terms() {
    return switch (pass) {
      case forward -> shape.patch();
      case input -> shape.weightSize() / gradients().inChannels();
      case parameters -> pixels();
    };
  }

  /**
   * Adds its tasks, without a ReLU: of x and W, of dy and W, or of x and dy, with the gradients of biases behind those of the weights.
   *
   * @param name of the product's task
   */
  public void addTo(KernelGraph graph, String name, LinearAlgebra algebra, FloatArray left, FloatArray right, FloatArray result) {
    switch (pass) {
      case forward -> algebra.convolutionForward(graph, name, left, right, 0, LinearAlgebra.NO_BIAS, result, shape, false);
      case input -> algebra.convolutionBackwardInput(graph, name, left, right, 0, result, shape);
      case parameters ->
          algebra.convolutionBackwardParameters(
              graph, name, left, right, result, 0, biased ? shape.weightSize() : LinearAlgebra.NO_BIAS, shape);
    }
  }

  /** What the product to the input computes the gradients of: patches, which are summed afterwards, or the input itself. */
  ConvolutionShape gradients() {
    return shape.folds() ? shape.patches() : shape;
  }

  private int pixels() {
    return shape.batch() * shape.outHeight() * shape.outWidth();
  }
}
