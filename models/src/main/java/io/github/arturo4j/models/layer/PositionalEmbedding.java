// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.PositionKernels;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A learned vector added at each position of [positions, dimensions], as GPT-2's {@code wpe}: x + Embedding(0, 1, 2, …). It
 * begins normal with that deviation.
 *
 * @param maxPositions vectors that there are; those of later positions than the input has stay as they are
 * @param deviation of their first values
 */
public record PositionalEmbedding(int maxPositions, double deviation) implements Layer {
  /** GPT-2's deviation. */
  private static final double DEVIATION = 0.02;

  /** With a deviation of 0.02. */
  public PositionalEmbedding(int maxPositions) {
    this(maxPositions, DEVIATION);
  }

  /** As a file describes it. */
  public static PositionalEmbedding of(LayerArguments a) {
    return new PositionalEmbedding(a.integer("entries"), a.number("deviation", DEVIATION));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    network.shape().checkSequence("layer " + path + " adds a vector at each position");
    int positions = network.shape().channels();
    int dimensions = network.shape().last();
    if (positions > maxPositions) {
      throw new IllegalArgumentException(
          "layer " + path + " has vectors for " + maxPositions + " positions, and its input has " + positions
              + ": give it more, or shorter examples");
    }
    ParameterSpec table =
        network.parameter(path + ".weight", new Initializer.Normal(deviation), maxPositions, dimensions);
    network.add(
        new Sum(network.stageName("positions", path), network.value(), Value.of(network.shape()), maxPositions, table));
  }

  private record Sum(String name, Value input, Value output, int maxPositions, ParameterSpec table) implements SingleInput {
    @Override
    public List<ParameterSpec> parameters() {
      return List.of(table);
    }

    @Override
    public StageTasks tasks(StageSite site) {
      return new Tasks(this, site);
    }
  }

  private static final class Tasks extends StageTasks {
    private final Sum stage;
    private final int positions;
    private final int dimensions;

    Tasks(Sum stage, StageSite site) {
      super(stage, site);
      this.stage = stage;
      positions = stage.output().shape().channels();
      dimensions = stage.output().shape().last();
    }

    @Override
    public void addForward(ForwardPass pass) {
      addSum(pass.graph(), name(), input().values(), pass.arrays().parameters(), output().values(), stage.table().offset(),
          batch());
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      FloatArray dy = output().gradient(graph, back);
      FloatArray gradients = arrays.gradients();
      int weight = stage.table().offset();
      int entries = stage.maxPositions();
      String task = graph.task(back);
      graph.cost(task, Cost.elements(dy.getSize(), 1, 1, 0).plus(Cost.elements(stage.table().size(), 0, 0, 1)));
      graph.loops(task, entries, dimensions);
      graph.add(
          g -> g.task(task, PositionKernels::backward, dy, gradients, weight, entries, batch(), positions, dimensions));
      if (input().differentiable()) {
        input().addGradient(dy);
      }
    }
  }

  /** Adds the task y = x + table, of every example. */
  static void addSum(KernelGraph graph, String name, FloatArray x, FloatArray table, FloatArray y, int weight, int batch) {
    String task = graph.task(name);
    int size = y.getSize() / batch;
    graph.cost(task, Cost.elements(y.getSize(), 1, 1, 1).plus(Cost.elements(size, 0, 1, 0)));
    graph.loops(task, batch, size);
    graph.add(g -> g.task(task, PositionKernels::forward, x, table, y, weight, batch, size));
  }
}
