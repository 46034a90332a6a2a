// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.tuning;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.BatchedProduct;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Linear algebra with a fault: a layer forgets its last example. */
record Narrower(LinearAlgebra right) implements LinearAlgebra {
  @Override
  public String name() {
    return "wrong";
  }

  @Override
  public void linearForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int in, int out, boolean relu) {
    right.linearForward(g, name, x, parameters, weight, bias, y, batch - 1, in, out, relu);
  }

  @Override
  public void linearBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int in, int out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void linearBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      int batch, int in, int out) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void batchedProduct(KernelGraph g, String name, FloatArray a, FloatArray b, FloatArray c, BatchedProduct product) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void convolutionForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      ConvolutionShape shape, boolean relu) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void convolutionBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      ConvolutionShape shape) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void convolutionBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      ConvolutionShape shape) {
    throw new UnsupportedOperationException();
  }
}
