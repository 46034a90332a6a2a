// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The tasks of a factor for each channel, see {@link LayerScaleKernels}.
 *
 * @param weight where the factors begin
 */
public record LayerScaleTasks(int batch, int channels, int pixels, int weight) {
  /** Adds {@link LayerScaleKernels#forward}. */
  public void addForward(KernelGraph graph, String name, FloatArray x, FloatArray parameters, FloatArray y) {
    String task = graph.task(name);
    graph.cost(task, Cost.elements(y.getSize(), 1, 1, 1));
    graph.loops(task, batch * channels, pixels);
    graph.add(g -> g.task(task, LayerScaleKernels::forward, x, parameters, y, weight, batch, channels, pixels));
  }

  /** Adds {@link LayerScaleKernels#backwardParameters}, in the kernel of the shape. */
  public void addBackwardParameters(
      KernelGraph graph, KernelShape shape, String name, FloatArray dy, FloatArray x, FloatArray gradients) {
    String task = graph.task(name);
    graph.cost(task, Cost.elements(dy.getSize(), 2, 2, 0));
    if (shape == KernelShape.CHUNKS) {
      graph.add(
          g -> g.task(task, LayerScaleKernels::backwardParameters, dy, x, gradients, weight, batch, channels, pixels));
      return;
    }
    KernelContext context = new KernelContext();
    graph.grid(task, LayerScaleKernels.grid(channels));
    graph.add(
        g ->
            g.task(
                task, LayerScaleKernels::backwardParametersByGroup, context, dy, x, gradients, weight, batch, channels,
                pixels));
  }

  /** Adds {@link LayerScaleKernels#backwardInput}. */
  public void addBackwardInput(KernelGraph graph, String name, FloatArray dy, FloatArray parameters) {
    String task = graph.task(name);
    graph.cost(task, Cost.elements(dy.getSize(), 1, 1, 1));
    graph.loops(task, batch * channels, pixels);
    graph.add(g -> g.task(task, LayerScaleKernels::backwardInput, dy, parameters, weight, batch, channels, pixels));
  }
}
