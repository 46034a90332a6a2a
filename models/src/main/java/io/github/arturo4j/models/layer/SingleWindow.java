// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.nn.WindowKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A {@link Conv2d} that puts out one pixel, as the last of a ResNet may: a linear layer of the pixels of its input. Of a kernel of 3×3
 * that sees a single pixel, eight of nine multiplications as a convolution would be with zeros.
 */
record SingleWindow(Conv2d layer, Shape in, ParameterSpec weight, ParameterSpec biases) implements LinearMap {
  /** Whether a convolution is one whose input has no more pixels than its kernel has taps. */
  static boolean fits(Conv2d layer, Shape in, Shape out) {
    return out.pixels() == 1 && in.pixels() <= layer.kernel() * layer.kernel();
  }

  /** Whether the kernel lies on the image and nowhere else, so that the weights are those of the linear layer as they are. */
  private boolean covers() {
    return layer.padding() == 0 && in.height() == layer.kernel() && in.width() == layer.kernel();
  }

  private int size() {
    return layer.outChannels() * in.size();
  }

  private int bias() {
    return biases == null ? LinearAlgebra.NO_BIAS : size();
  }

  /** What {@link WindowKernels#gather} makes of the weights, and behind it the biases, if they are wanted. */
  private FloatArray gathered(KernelGraph graph, String name, FloatArray parameters, boolean biased) {
    FloatArray seen = new FloatArray(size() + (biased ? layer.outChannels() : 0));
    String task = graph.task(name + "Window");
    graph.cost(task, Cost.elements(size(), 0, 1, 1));
    graph.add(
        g ->
            g.task(
                task, WindowKernels::gather, parameters, seen, weight.offset(), size(), in.height(), in.width(), layer.kernel(),
                layer.padding()));
    if (biased) {
      copy(graph, name, parameters, seen, biases.offset(), size());
    }
    return seen;
  }

  private void copy(KernelGraph graph, String name, FloatArray from, FloatArray to, int fromAt, int toAt) {
    String task = graph.task(name + "Biases");
    graph.cost(task, Cost.elements(layer.outChannels(), 0, 1, 1));
    graph.add(g -> g.task(task, WindowKernels::copy, from, to, fromAt, toAt, layer.outChannels()));
  }

  @Override
  public void addForward(
      KernelGraph graph, String name, LinearAlgebra algebra, FloatArray x, FloatArray parameters, FloatArray y, int batch,
      boolean relu) {
    int out = layer.outChannels();
    if (covers()) {
      algebra.linearForward(graph, name, x, parameters, weight.offset(), LinearMap.offset(biases), y, batch, in.size(), out, relu);
      return;
    }
    FloatArray seen = gathered(graph, name, parameters, biases != null);
    algebra.linearForward(graph, name, x, seen, 0, bias(), y, batch, in.size(), out, relu);
  }

  @Override
  public void addBackwardParameters(
      KernelGraph graph, String name, LinearAlgebra algebra, FloatArray x, FloatArray dy, FloatArray gradients, int batch) {
    int out = layer.outChannels();
    if (covers()) {
      algebra.linearBackwardParameters(
          graph, name, x, dy, gradients, weight.offset(), LinearMap.offset(biases), batch, in.size(), out);
      return;
    }
    FloatArray seen = new FloatArray(size() + (biases == null ? 0 : out));
    algebra.linearBackwardParameters(graph, name, x, dy, seen, 0, bias(), batch, in.size(), out);
    String task = graph.task(name + "Window");
    graph.cost(task, Cost.elements(weight.size(), 0, 1, 1));
    graph.add(
        g ->
            g.task(
                task, WindowKernels::scatter, seen, gradients, weight.offset(), weight.size(), in.height(), in.width(), layer.kernel(),
                layer.padding()));
    if (biases != null) {
      copy(graph, name, seen, gradients, size(), biases.offset());
    }
  }

  @Override
  public void addBackwardInput(
      KernelGraph graph, String name, LinearAlgebra algebra, FloatArray dy, FloatArray parameters, FloatArray dx, int batch) {
    boolean covers = covers();
    FloatArray weights = covers ? parameters : gathered(graph, name + "Input", parameters, false);
    algebra.linearBackwardInput(
        graph, name, dy, weights, covers ? weight.offset() : 0, dx, batch, in.size(), layer.outChannels());
  }
}
