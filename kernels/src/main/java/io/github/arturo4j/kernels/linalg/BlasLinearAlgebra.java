// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.jvm.Blas;
import io.github.arturo4j.kernels.KernelGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Linear algebra of the JVM device: tasks that call a BLAS. */
public final class BlasLinearAlgebra implements LinearAlgebra {
  @Override
  public String name() {
    return Blas.implementation();
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
  public void convolutionForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      ConvolutionShape s, boolean relu) {
    String task = g.task(name);
    FloatArray scratch = new FloatArray(BlasConvolution.scratchSize(s));
    g.cost(task, LayerCosts.convolutionForward(s, relu));
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
    FloatArray scratch = new FloatArray(BlasConvolution.scratchSize(s));
    g.cost(task, LayerCosts.convolutionBackwardInput(s));
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
    FloatArray scratch = new FloatArray(BlasConvolution.scratchSize(s));
    g.cost(task, LayerCosts.convolutionBackwardParameters(s));
    g.add(
        t ->
            t.task(
                task, BlasConvolution::backwardParameters, x, dy, gradients, scratch, weight, bias, s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(), s.padding()));
  }
}
