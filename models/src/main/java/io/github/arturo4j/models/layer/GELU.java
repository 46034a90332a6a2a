// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.nn.ActivationKernels;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * x Φ(x), Φ being the distribution function of the standard normal (Hendrycks, Gimpel, arXiv 1606.08415): PyTorch's GELU.
 *
 * @param approximate how it is computed
 */
public record GELU(Approximate approximate) implements Layer {
  /** PyTorch's values of that name. */
  public enum Approximate {
    /** With Φ itself. */
    none,
    /** x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, as in GPT-2. */
    tanh
  }

  /** Not approximated. */
  public GELU() {
    this(Approximate.none);
  }

  /** As a file describes it. */
  public static GELU of(LayerArguments a) {
    return new GELU(a.word("approximate", Approximate.none));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    Elementwise.addTo(network, "gelu", path, approximate == Approximate.none ? new Exact() : new ByTanh());
  }

  private record Exact() implements Elementwise.Function {
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

  private record ByTanh() implements Elementwise.Function {
    @Override
    public void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::geluTanh, x, y);
    }

    @Override
    public void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray x, FloatArray y) {
      graph.task(task, ActivationKernels::geluTanhBackward, dy, x);
    }

    @Override
    public int flops() {
      return 9;
    }
  }
}
