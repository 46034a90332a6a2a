// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.nn.AveragePoolingKernels;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The mean of square windows. The padding counts as zeros, as by default in PyTorch.
 *
 * @param kernel rows and columns of a window
 * @param stride step of the window
 * @param padding zeros on each side, at most half a kernel
 */
public record AvgPool2d(int kernel, int stride, int padding) implements Layer {
  /** Windows side by side, without padding. */
  public AvgPool2d(int kernel) {
    this(kernel, kernel, 0);
  }

  /** As a file describes it. */
  public static AvgPool2d of(LayerArguments a) {
    int kernel = a.integer("kernel");
    return new AvgPool2d(kernel, a.integer("stride", kernel), a.integer("padding", 0));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    Window.checkPooling(path, "average-pooling", this, kernel, stride, padding);
    Shape in = network.shape();
    Window.checkImage(path, "an average-pooling", in);
    Shape out = Window.over(in, in.channels(), kernel, stride, padding);
    network.add(
        new Resampling(
            network.stageName("average", path), network.value(), Value.of(out), new Kernels(this, in, out)));
  }

  private record Kernels(AvgPool2d layer, Shape in, Shape out) implements Resampling.Kernels {
    @Override
    public void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y, int planes) {
      graph.task(
          task, AveragePoolingKernels::average, x, y, planes, in.height(), in.width(), out.height(), out.width(),
          layer.kernel, layer.stride, layer.padding);
    }

    @Override
    public void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray dx, int planes) {
      graph.task(
          task, AveragePoolingKernels::averageBackward, dy, dx, planes, in.height(), in.width(), out.height(),
          out.width(), layer.kernel, layer.stride, layer.padding);
    }
  }
}
