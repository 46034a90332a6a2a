// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.nn.AveragePoolingKernels;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Means of windows that share an image out, whatever its size, to an image of a given one: row o of it is the mean of
 * the rows from ⌊o·H/height⌋ to before ⌈(o+1)·H/height⌉ of H, and its columns likewise. ({@link GlobalAveragePool} makes a
 * vector of it.)
 *
 * @param height rows it puts out
 * @param width columns it puts out
 */
public record AdaptiveAvgPool2d(int height, int width) implements Layer {
  /** As a file describes it. */
  public static AdaptiveAvgPool2d of(LayerArguments a) {
    int height = a.integer("height");
    return new AdaptiveAvgPool2d(height, a.integer("width", height));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    Shape in = network.shape();
    Window.checkImage(path, "an average-pooling", in);
    Shape out = new Shape(in.channels(), height, width);
    network.add(
        new Resampling(network.stageName("average", path), network.value(), Value.of(out), new Kernels(in, out)));
  }

  private record Kernels(Shape in, Shape out) implements Resampling.Kernels {
    @Override
    public void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y, int planes) {
      graph.task(
          task, AveragePoolingKernels::adaptive, x, y, planes, in.height(), in.width(), out.height(), out.width());
    }

    @Override
    public void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray dx, int planes) {
      graph.task(
          task, AveragePoolingKernels::adaptiveBackward, dy, dx, planes, in.height(), in.width(), out.height(),
          out.width());
    }
  }
}
