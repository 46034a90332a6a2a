// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Adds no task, and remembers what products it was asked for. */
public final class ProductRecorder implements LinearAlgebra {
  private final SequencedMap<String, Product> products = new LinkedHashMap<>();

  /** Each once, in the order in which it was asked for. */
  public List<Product> products() {
    return List.copyOf(products.values());
  }

  private void add(Product product) {
    products.putIfAbsent(product.key(), product);
  }

  @Override
  public String name() {
    return "none";
  }

  @Override
  public void linearForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int in, int out, boolean relu) {
    add(LinearProduct.forward(batch, in, out));
  }

  @Override
  public void linearBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int in, int out) {
    add(LinearProduct.input(batch, in, out));
  }

  @Override
  public void linearBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      int batch, int in, int out) {
    add(LinearProduct.parameters(batch, in, out, bias >= 0));
  }

  @Override
  public void batchedProduct(KernelGraph g, String name, FloatArray a, FloatArray b, FloatArray c, BatchedProduct product) {
    add(product);
  }

  @Override
  public void convolutionForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      ConvolutionShape shape, boolean relu) {
    add(ConvolutionProduct.forward(shape));
  }

  @Override
  public void convolutionBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      ConvolutionShape shape) {
    add(ConvolutionProduct.input(shape));
  }

  @Override
  public void convolutionBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      ConvolutionShape shape) {
    add(ConvolutionProduct.parameters(shape, bias >= 0));
  }
}
