// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.RowNormKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A normalisation of rows by their own mean and variance, with weights and biases.
 *
 * @param rows of an image
 * @param period rows after which weights repeat
 * @param divisor neighbours that share a weight
 */
record RowNorm(String name, Value input, Value output, int rows, int period, int divisor, ParameterSpec weight,
    ParameterSpec bias) implements SingleInput {
  /** Adds one to a network, with weights of 1 and biases of 0 in the given shape. */
  static void addTo(NetworkBuilder network, String path, int rows, int period, int divisor, int... sizes) {
    ParameterSpec weight = network.norm(path + ".weight", 1, sizes);
    ParameterSpec bias = network.norm(path + ".bias", 0, sizes);
    network.add(
        new RowNorm(
            network.stageName("norm", path), network.value(), Value.of(network.shape()), rows, period, divisor, weight,
            bias));
  }

  @Override
  public boolean hasParameters() {
    return true;
  }

  @Override
  public StageTasks tasks(StageSite site) {
    return new Tasks(this, site);
  }

  private static final class Tasks extends StageTasks {
    private final int rows;
    private final int length;
    private final int period;
    private final int divisor;
    private final int weight;
    private final int bias;
    private final int count;
    private final FloatArray statistics;

    Tasks(RowNorm stage, StageSite site) {
      super(stage, site);
      rows = batch() * stage.rows();
      length = stage.input().shape().size() / stage.rows();
      period = stage.period();
      divisor = stage.divisor();
      weight = stage.weight().offset();
      bias = stage.bias().offset();
      count = stage.weight().size();
      statistics = new FloatArray(2 * rows);
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      FloatArray parameters = pass.arrays().parameters();
      FloatArray x = input().values();
      FloatArray y = output().values();
      String statisticsTask = graph.task(name() + "Statistics");
      graph.cost(statisticsTask, Cost.elements(x.getSize(), 5, 1, 0));
      graph.add(g -> g.task(statisticsTask, RowNormKernels::statistics, x, statistics, rows, length));
      String task = graph.task(name());
      graph.cost(task, Cost.elements(y.getSize(), 4, 1, 1));
      graph.loops(task, rows, length);
      graph.add(
          g ->
              g.task(
                  task, RowNormKernels::forward, x, statistics, parameters, y, weight, bias, rows, length, period, divisor));
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      FloatArray parameters = arrays.parameters();
      FloatArray gradients = arrays.gradients();
      FloatArray x = input().values();
      FloatArray dy = output().gradient(graph, back);
      String parametersTask = graph.task(back + "Parameters");
      graph.cost(parametersTask, Cost.elements(dy.getSize(), 5, 2, 0));
      graph.add(
          g ->
              g.task(
                  parametersTask, RowNormKernels::backwardParameters, dy, x, statistics, gradients, weight, bias, count,
                  rows, length, period, divisor));
      if (input().differentiable()) {
        String task = graph.task(back + "Input");
        graph.cost(task, Cost.elements(dy.getSize(), 11, 2, 1));
        graph.add(
            g ->
                g.task(
                    task, RowNormKernels::backwardInput, dy, x, statistics, parameters, weight, rows, length, period,
                    divisor));
        input().addGradient(dy);
      }
    }
  }
}
