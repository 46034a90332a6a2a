// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.nn.ActivationKernels;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** 1 / (1 + exp(−x)). */
public record Sigmoid() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    Elementwise.addTo(network, "sigmoid", path, new Kernels());
  }

  private record Kernels() implements Elementwise.Function {
    @Override
    public void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::sigmoid, x, y);
    }

    @Override
    public void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::sigmoidBackward, dy, y);
    }

    @Override
    public int flops() {
      return 4;
    }
  }
}
