// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.nn.ActivationKernels;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * x where it is positive, elsewhere α (exp(x) − 1) (Clevert, Unterthiner, Hochreiter, ICLR 2016).
 *
 * @param alpha α, what it falls to far below 0, negated
 */
public record ELU(double alpha) implements Layer {
  /** With PyTorch's α of 1. */
  public ELU() {
    this(1);
  }

  /** As a file describes it. */
  public static ELU of(LayerArguments a) {
    return new ELU(a.number("alpha", new ELU().alpha()));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    if (!Double.isFinite(alpha)) {
      throw new IllegalArgumentException("layer " + path + " is an ELU of alpha " + alpha + "; it must be finite");
    }
    Elementwise.addTo(network, "elu", path, new Kernels((float) alpha));
  }

  private record Kernels(float alpha) implements Elementwise.Function {
    @Override
    public void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::elu, x, y, alpha);
    }

    @Override
    public void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::eluBackward, dy, x, alpha);
    }

    @Override
    public int flops() {
      return 4;
    }
  }
}
