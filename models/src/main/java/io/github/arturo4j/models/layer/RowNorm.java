// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.RowNormTasks;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A normalisation of rows by their own mean and variance, with weights and biases.
 *
 * @param rows of an image
 * @param period rows after which weights repeat
 * @param divisor neighbours that share a weight
 * @param epsilon added to a variance before the root
 */
record RowNorm(String name, Value input, Value output, int rows, int period, int divisor, ParameterSpec weight,
    ParameterSpec bias, double epsilon) implements SingleInput {
  /** PyTorch's default. */
  static final double EPSILON = 1e-5;

  /** Adds one to a network, with weights of 1 and biases of 0 in the given shape. */
  static void addTo(NetworkBuilder network, String path, int rows, int period, int divisor, double epsilon, int... sizes) {
    if (!((float) epsilon > 0 && epsilon < Float.MAX_VALUE)) {
      throw new IllegalArgumentException("layer " + path + " has an epsilon of " + epsilon + "; it must be positive");
    }
    ParameterSpec weight = network.norm(path + ".weight", 1, sizes);
    ParameterSpec bias = network.norm(path + ".bias", 0, sizes);
    network.add(
        new RowNorm(
            network.stageName("norm", path), network.value(), Value.of(network.shape()), rows, period, divisor, weight,
            bias, epsilon));
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public StageTasks tasks(StageSite site) {
    return new Tasks(this, site);
  }

  private static final class Tasks extends StageTasks {
    private final RowNormTasks norm;
    private final FloatArray statistics;

    Tasks(RowNorm stage, StageSite site) {
      super(stage, site);
      int rows = batch() * stage.rows();
      int length = stage.input().shape().size() / stage.rows();
      norm =
          new RowNormTasks(
              rows, length, stage.period(), stage.divisor(), stage.weight().offset(), stage.bias().offset(),
              stage.weight().size(), (float) stage.epsilon());
      statistics = new FloatArray(2 * rows);
    }

    @Override
    public void addForward(ForwardPass pass) {
      norm.addForward(
          pass.graph(), pass.graph().shape(), name(), input().values(), statistics, pass.arrays().parameters(),
          output().values());
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      FloatArray x = input().values();
      FloatArray dy = output().gradient(graph, back);
      norm.addBackwardParameters(graph, graph.shape(), back + "Parameters", dy, x, statistics, arrays.gradients());
      if (input().differentiable()) {
        norm.addBackwardInput(graph, graph.shape(), back + "Input", dy, x, statistics, arrays.parameters());
        input().addGradient(dy);
      }
    }
  }
}
