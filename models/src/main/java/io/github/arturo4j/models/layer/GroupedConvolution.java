// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.nn.GroupedConvolutionKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What a {@link Conv2d} in groups, or with a dilated kernel, computes; it has no use for the device's products. */
record GroupedConvolution(Conv2d layer, Shape in, Shape out, ParameterSpec weight, ParameterSpec biases)
    implements LinearMap {
  /** Each value that the convolution puts out, and each weight behind it, multiplied and added once. */
  private Cost cost(FloatArray first, long second, long written, int batch) {
    long flops = 2L * batch * out.size() * (weight.size() / layer.outChannels());
    return new Cost(flops, (first.getSize() + second) * Float.BYTES, written * Float.BYTES);
  }

  @Override
  public void addForward(
      KernelGraph graph, String name, LinearAlgebra algebra, FloatArray x, FloatArray parameters, FloatArray y,
      int batch, boolean relu) {
    int planes = batch * out.channels();
    int bias = LinearMap.offset(biases);
    float min = relu ? 0f : Float.NEGATIVE_INFINITY;
    String task = graph.task(name);
    graph.cost(task, cost(x, weight.size(), y.getSize(), batch));
    graph.loops(task, planes, out.height(), out.width());
    graph.add(
        g ->
            g.task(
                task, GroupedConvolutionKernels::forward, x, parameters, y, weight.offset(), bias, planes, in.channels(),
                in.height(), in.width(), out.channels(), out.height(), out.width(), layer.kernel(), layer.stride(),
                layer.padding(), layer.dilation(), layer.groups(), min));
  }

  @Override
  public void addBackwardParameters(
      KernelGraph graph, String name, LinearAlgebra algebra, FloatArray x, FloatArray dy, FloatArray gradients,
      int batch) {
    String task = graph.task(name + "Weights");
    graph.cost(task, cost(x, dy.getSize(), weight.size(), batch));
    graph.add(
        g ->
            g.task(
                task, GroupedConvolutionKernels::backwardWeights, x, dy, gradients, weight.offset(), batch, in.channels(),
                in.height(), in.width(), out.channels(), out.height(), out.width(), layer.kernel(), layer.stride(),
                layer.padding(), layer.dilation(), layer.groups()));
    if (biases != null) {
      String biasTask = graph.task(name + "Bias");
      graph.cost(biasTask, Cost.elements(dy.getSize(), 1, 1, 0));
      graph.add(
          g ->
              g.task(
                  biasTask, GroupedConvolutionKernels::backwardBias, dy, gradients, biases.offset(), batch, out.channels(),
                  out.pixels()));
    }
  }

  @Override
  public void addBackwardInput(
      KernelGraph graph, String name, LinearAlgebra algebra, FloatArray dy, FloatArray parameters, FloatArray dx,
      int batch) {
    int planes = batch * in.channels();
    String task = graph.task(name + "Input");
    graph.cost(task, cost(dy, weight.size(), dx.getSize(), batch));
    graph.loops(task, planes, in.height(), in.width());
    graph.add(
        g ->
            g.task(
                task, GroupedConvolutionKernels::backwardInput, dy, parameters, dx, weight.offset(), planes, in.channels(),
                in.height(), in.width(), out.channels(), out.height(), out.width(), layer.kernel(), layer.stride(),
                layer.padding(), layer.dilation(), layer.groups()));
  }
}
