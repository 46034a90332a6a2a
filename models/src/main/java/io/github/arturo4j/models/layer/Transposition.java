// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.TransposeTasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Each example, taken as a matrix, is transposed.
 *
 * @param rows of the input
 * @param columns of the input
 */
record Transposition(String name, Value input, Value output, int rows, int columns) implements SingleInput {
  /** Adds one to a network; of a single row or column it is the same numbers in another shape. */
  static void addTo(NetworkBuilder network, String path, int rows, int columns, Shape shape) {
    if (rows == 1 || columns == 1) {
      network.continueWith(network.value().as(shape));
      return;
    }
    network.add(new Transposition(network.stageName("transpose", path), network.value(), Value.of(shape), rows, columns));
  }

  @Override
  public StageTasks tasks(StageSite site) {
    return new Tasks(this, site);
  }

  private static final class Tasks extends StageTasks {
    private final TransposeTasks transpose;

    Tasks(Transposition stage, StageSite site) {
      super(stage, site);
      transpose = new TransposeTasks(batch(), stage.rows(), stage.columns());
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      transpose.add(graph, graph.shape(), name(), input().values(), output().values());
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      FloatArray dy = output().gradient(graph, back);
      transpose.inverse().add(graph, graph.shape(), back, dy, input().newGradient());
    }
  }
}
