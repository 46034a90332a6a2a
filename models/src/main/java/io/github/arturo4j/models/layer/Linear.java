// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.nn.SumKernels;
import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A fully connected layer over the last size of what it takes.
 *
 * @param out values it puts out
 * @param bias whether it has biases
 */
public record Linear(int out, boolean bias) implements Layer {
  /** With biases. */
  public Linear(int out) {
    this(out, true);
  }

  /** As a file describes it. */
  public static Linear of(LayerArguments a) {
    return new Linear(a.width("out"), a.flag("bias", true));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    int in = network.shape().last();
    Initializer initial = Initializer.ofFanIn(in);
    ParameterSpec weight = network.weight(path + ".weight", initial, in, out, out, in);
    ParameterSpec biases = bias ? network.bias(path + ".bias", initial, out) : null;
    int rows = network.shape().size() / in;
    network.add(
        Affine.of(
            network.stageName("linear", path), network.value(), network.shape().withLast(out),
            new Map(rows, in, out, weight, biases, false)));
  }

  /**
   * The product with the weights and the biases, of each of {@code rows} vectors of an image.
   *
   * @param adds whether a stage behind has written a gradient of the weights, to which this one's is added
   */
  record Map(int rows, int in, int out, ParameterSpec weight, ParameterSpec biases, boolean adds) implements LinearMap {
    @Override
    public Optional<LinearMap> adding(ParameterSpec tensor) {
      return weight.equals(tensor) && biases == null
          ? Optional.of(new Map(rows, in, out, weight, null, true))
          : Optional.empty();
    }

    @Override
    public void addForward(
        KernelGraph graph, String task, LinearAlgebra algebra, FloatArray x, FloatArray parameters, FloatArray y,
        int batch, boolean relu) {
      algebra.linearForward(
          graph, task, x, parameters, weight.offset(), LinearMap.offset(biases), y, batch * rows, in, out, relu);
    }

    @Override
    public void addBackwardParameters(
        KernelGraph graph, String task, LinearAlgebra algebra, FloatArray x, FloatArray dy, FloatArray gradients,
        int batch) {
      FloatArray to = adds ? new FloatArray(weight.size()) : gradients;
      algebra.linearBackwardParameters(
          graph, task, x, dy, to, adds ? 0 : weight.offset(), LinearMap.offset(biases), batch * rows, in, out);
      if (adds) {
        String sum = graph.task(task + "Shared");
        int at = weight.offset();
        graph.cost(sum, Cost.elements(weight.size(), 1, 2, 1));
        graph.add(g -> g.task(sum, SumKernels::accumulateAt, gradients, to, at));
      }
    }

    @Override
    public void addBackwardInput(
        KernelGraph graph, String task, LinearAlgebra algebra, FloatArray dy, FloatArray parameters, FloatArray dx,
        int batch) {
      algebra.linearBackwardInput(graph, task, dy, parameters, weight.offset(), dx, batch * rows, in, out);
    }
  }
}
