// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.blas.Blas;
import io.github.arturo4j.blas.DnnConvolution;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.util.HashMap;
import java.util.Map;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Linear algebra of the JVM device: tasks that call a BLAS and, for convolutions, oneDNN where it loads. */
public final class BlasLinearAlgebra implements LinearAlgebra {
  /** Below that many input channels, matrix products were measured to be faster for the input's gradient. */
  private static final int MIN_CHANNELS = 16;

  private final Map<BatchedProduct, IntArray> layouts = new HashMap<>();
  private final boolean dnn;

  /** With oneDNN, if it loads. */
  public BlasLinearAlgebra() {
    this(DnnConvolution.available());
  }

  BlasLinearAlgebra(boolean dnn) {
    this.dnn = dnn;
  }

  @Override
  public String name() {
    return Blas.implementation() + (dnn ? " and oneDNN" : "");
  }

  @Override
  public void linearForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int in, int out, boolean relu) {
    String task = g.task(name);
    g.cost(task, LayerCosts.linearForward(batch, in, out, relu));
    g.add(
        t -> t.task(task, BlasLinear::forward, x, parameters, y, weight, bias, relu ? 1 : 0, batch, in, out));
  }

  @Override
  public void linearBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int in, int out) {
    String task = g.task(name);
    g.cost(task, LayerCosts.linearBackwardInput(batch, in, out));
    g.add(t -> t.task(task, BlasLinear::backwardInput, dy, parameters, dx, weight, batch, in, out));
  }

  @Override
  public void linearBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      int batch, int in, int out) {
    String task = g.task(name);
    g.cost(task, LayerCosts.linearBackwardParameters(batch, in, out));
    g.add(t -> t.task(task, BlasLinear::backwardParameters, x, dy, gradients, weight, bias, batch, in, out));
  }

  @Override
  public void batchedProduct(
      KernelGraph g, String name, FloatArray a, FloatArray b, FloatArray c, BatchedProduct p) {
    String task = g.task(name);
    IntArray layout = layouts.computeIfAbsent(p, BatchedProduct::layout);
    g.once(layout);
    g.cost(task, LayerCosts.batched(p));
    g.add(
        t ->
            t.task(
                task, BlasBatchedProduct::multiply, a, b, c, layout, p.outer(), p.inner(), p.rows(), p.columns(), p.terms(),
                p.transA() ? 1 : 0, p.transB() ? 1 : 0));
  }

  @Override
  public void convolutionForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      ConvolutionShape s, boolean relu) {
    String task = g.task(name);
    g.cost(task, LayerCosts.convolutionForward(s, relu));
    if (dnn) {
      g.add(
          t ->
              t.task(
                  task, DnnConvolutionTasks::forward, x, parameters, y, weight, bias, relu ? 1 : 0, s.batch(),
                  s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(), s.padding()));
      return;
    }
    FloatArray scratch = new FloatArray(BlasConvolution.scratchSize(s));
    g.add(
        t ->
            t.task(
                task, BlasConvolution::forward, x, parameters, y, scratch, weight, bias, relu ? 1 : 0, s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(), s.padding()));
  }

  @Override
  public void convolutionBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      ConvolutionShape s) {
    String task = g.task(name);
    g.cost(task, LayerCosts.convolutionBackwardInput(s));
    boolean skipping = s.kernel() < s.stride(); // pixels, and oneDNN slow
    if (dnn && s.inChannels() >= MIN_CHANNELS && !skipping) {
      g.add(
          t ->
              t.task(
                  task, DnnConvolutionTasks::backwardInput, dy, parameters, dx, weight, s.batch(), s.inChannels(),
                  s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(), s.padding()));
      return;
    }
    FloatArray scratch = new FloatArray(BlasConvolution.scratchSize(s));
    g.add(
        t ->
            t.task(
                task, BlasConvolution::backwardInput, dy, parameters, dx, scratch, weight, s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(), s.padding()));
  }

  @Override
  public void convolutionBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      ConvolutionShape s) {
    String task = g.task(name);
    g.cost(task, LayerCosts.convolutionBackwardParameters(s));
    if (dnn) {
      FloatArray sums = new FloatArray(DnnConvolutionTasks.scratchSize(s));
      g.add(
          t ->
              t.task(
                  task, DnnConvolutionTasks::backwardParameters, x, dy, gradients, sums, weight, bias, s.batch(),
                  s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(), s.padding()));
      return;
    }
    FloatArray scratch = new FloatArray(BlasConvolution.scratchSize(s));
    g.add(
        t ->
            t.task(
                task, BlasConvolution::backwardParameters, x, dy, gradients, scratch, weight, bias, s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(), s.padding()));
  }
}
