// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.nn.ActivationKernels;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** min(max(0, x), 6), as in MobileNets (Sandler et al., CVPR 2018). */
public record ReLU6() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    Elementwise.addTo(network, "relu6", path, new Kernels());
  }

  private record Kernels() implements Elementwise.Function {
    @Override
    public void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::relu6, x, y);
    }

    @Override
    public void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::relu6Backward, dy, x);
    }

    @Override
    public int flops() {
      return 2;
    }
  }
}
