// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.nn.ActivationKernels;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** x σ(x), with the {@link Sigmoid} σ (Elfwing, Uchibe, Doya, Neural Networks 107, 2018); also known as swish. */
public record SiLU() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    Elementwise.addTo(network, "silu", path, new Kernels());
  }

  private record Kernels() implements Elementwise.Function {
    @Override
    public void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::silu, x, y);
    }

    @Override
    public void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::siluBackward, dy, x);
    }

    @Override
    public int flops() {
      return 4;
    }
  }
}
