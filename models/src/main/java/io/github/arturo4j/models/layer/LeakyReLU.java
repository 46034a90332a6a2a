// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.nn.ActivationKernels;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * x where it is positive, elsewhere x · slope (Maas, Hannun, Ng, ICML 2013).
 *
 * @param slope PyTorch's negative_slope
 */
public record LeakyReLU(double slope) implements Layer {
  /** With PyTorch's slope of 0.01. */
  public LeakyReLU() {
    this(0.01);
  }

  /** As a file describes it. */
  public static LeakyReLU of(LayerArguments a) {
    return new LeakyReLU(a.number("slope", new LeakyReLU().slope()));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    if (!Double.isFinite(slope)) {
      throw new IllegalArgumentException("layer " + path + " is a LeakyReLU of slope " + slope + "; it must be finite");
    }
    Elementwise.addTo(network, "leaky", path, new Kernels((float) slope));
  }

  private record Kernels(float slope) implements Elementwise.Function {
    @Override
    public void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::leakyRelu, x, y, slope);
    }

    @Override
    public void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::leakyReluBackward, dy, x, slope);
    }

    @Override
    public int flops() {
      return 2;
    }
  }
}
