// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.nn.UpsampleKernels;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Makes an image larger, each pixel a square: PyTorch's Upsample(scale_factor=scale, mode='nearest').
 *
 * @param scale rows and columns of a square
 */
public record Upsample(int scale) implements Layer {
  /** As a file describes it. */
  public static Upsample of(LayerArguments a) {
    return new Upsample(a.integer("scale"));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    if (scale < 1) {
      throw new IllegalArgumentException(
          "layer " + path + " is an upsampling by " + scale + "; the scale must be at least 1");
    }
    Shape in = network.shape();
    Window.checkImage(path, "an upsampling", in);
    Shape out = new Shape(in.channels(), in.height() * scale, in.width() * scale);
    network.add(
        new Resampling(
            network.stageName("upsample", path), network.value(), Value.of(out), new Kernels(in, scale)));
  }

  private record Kernels(Shape in, int scale) implements Resampling.Kernels {
    @Override
    public void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y, int planes) {
      graph.task(task, UpsampleKernels::nearest, x, y, planes, in.height(), in.width(), scale);
    }

    @Override
    public void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray dx, int planes) {
      graph.task(task, UpsampleKernels::nearestBackward, dy, dx, planes, in.height(), in.width(), scale);
    }
  }
}
