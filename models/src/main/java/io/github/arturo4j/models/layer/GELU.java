// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.nn.ActivationKernels;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * x Φ(x), Φ being the distribution function of the standard normal (Hendrycks, Gimpel, arXiv 1606.08415): PyTorch's
 * GELU(approximate='none').
 */
public record GELU() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    Elementwise.addTo(network, "gelu", path, new Kernels());
  }

  private record Kernels() implements Elementwise.Function {
    @Override
    public void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::gelu, x, y);
    }

    @Override
    public void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::geluBackward, dy, x);
    }

    @Override
    public int flops() {
      return 20;
    }
  }
}
