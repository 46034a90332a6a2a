// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.HashMap;
import java.util.Map;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Linear algebra in tiled kernels that run on every device TornadoVM knows. */
public final class TiledLinearAlgebra implements LinearAlgebra {
  private static final float NO_LIMIT = Float.NEGATIVE_INFINITY;

  /** One for the same products of all layers: TornadoVM limits the arrays of a plan. */
  private final Map<BatchedProduct, IntArray> layouts = new HashMap<>();

  @Override
  public String name() {
    return "tiled kernels";
  }

  @Override
  public void linearForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int in, int out, boolean relu) {
    TiledProduct product = TiledProduct.linearForward(batch, in, out);
    String task = g.task(name);
    KernelContext context = new KernelContext();
    float min = relu ? 0f : NO_LIMIT;
    g.add(
        graph ->
            graph.task(
                task, TiledMatrixKernels::forward, context, x, parameters, weight, bias, y, batch, in, out,
                min, product.each()));
    g.cost(task, LayerCosts.linearForward(batch, in, out, relu));
    g.grid(task, product.grid());
  }

  @Override
  public void linearBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int in, int out) {
    TiledProduct product = TiledProduct.linearBackwardInput(batch, in, out);
    String task = g.task(name + "Input");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledMatrixKernels::backwardInput, context, dy, parameters, weight, dx, batch, in,
                out, product.each()));
    g.cost(task, LayerCosts.linearBackwardInput(batch, in, out));
    g.grid(task, product.grid());
  }

  @Override
  public void linearBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      int batch, int in, int out) {
    TiledProduct product = TiledProduct.linearBackwardParameters(batch, in, out);
    String task = g.task(name + "Parameters");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledMatrixKernels::backwardParameters, context, x, dy, gradients, weight, bias, batch, in,
                out, product.each()));
    g.cost(task, LayerCosts.linearBackwardParameters(batch, in, out));
    g.grid(task, product.grid());
  }

  @Override
  public void batchedProduct(
      KernelGraph g, String name, FloatArray a, FloatArray b, FloatArray c, BatchedProduct p) {
    TiledProduct product = TiledProduct.batched(p);
    IntArray layout = layouts.computeIfAbsent(p, BatchedProduct::layout);
    String task = g.task(name);
    KernelContext context = new KernelContext();
    g.once(layout);
    g.add(
        graph ->
            graph.task(
                task, TiledBatchedKernels::multiply, context, a, b, c, layout, p.inner(), p.rows(), p.columns(), p.terms(),
                p.transA() ? 1 : 0, p.transB() ? 1 : 0, product.each()));
    g.cost(task, LayerCosts.batched(p));
    g.grid(task, product.grid());
  }

  @Override
  public void convolutionForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      ConvolutionShape s, boolean relu) {
    TiledProduct product = TiledProduct.convolutionForward(s);
    String task = g.task(name);
    KernelContext context = new KernelContext();
    float min = relu ? 0f : NO_LIMIT;
    g.add(
        graph ->
            graph.task(
                task, TiledConvolutionKernels::forward, context, x, parameters, weight, bias, y, s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(),
                s.padding(), min, product.each()));
    g.cost(task, LayerCosts.convolutionForward(s, relu));
    g.grid(task, product.grid());
  }

  @Override
  public void convolutionBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      ConvolutionShape s) {
    TiledProduct product = TiledProduct.convolutionBackwardInput(s);
    String task = g.task(name + "Input");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledConvolutionKernels::backwardInput, context, dy, parameters, weight, dx, s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(),
                s.padding(), product.each()));
    g.cost(task, LayerCosts.convolutionBackwardInput(s));
    g.grid(task, product.grid());
  }

  @Override
  public void convolutionBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      ConvolutionShape s) {
    int biases = bias < 0 ? 0 : 1;
    TiledProduct product = TiledProduct.convolutionBackwardParameters(s, bias >= 0);
    int count = product.parts();
    int images = Math.ceilDiv(s.batch(), count);
    int distance = s.weightSize() + biases * s.outChannels();
    FloatArray parts = new FloatArray(count * distance);
    String task = g.task(name + "Parts");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledConvolutionKernels::backwardPart, context, x, dy, parts, images, biases, s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(), s.padding(),
                product.each()));
    g.cost(task, LayerCosts.convolutionBackwardParts(s, count));
    g.grid(task, product.grid());
    sumParts(g, name + "Sum", parts, gradients, 0, distance, weight, s.weightSize(), count);
    if (bias >= 0) {
      sumParts(g, name + "BiasSum", parts, gradients, s.weightSize(), distance, bias, s.outChannels(), count);
    }
  }

  private static void sumParts(
      KernelGraph g, String name, FloatArray parts, FloatArray gradients, int first, int distance, int offset,
      int size, int count) {
    String task = g.task(name);
    g.cost(task, LayerCosts.sumParts(size, count));
    g.add(
        graph ->
            graph.task(
                task, TiledConvolutionKernels::sumParts, parts, gradients, first, distance, offset, size, count));
  }
}
