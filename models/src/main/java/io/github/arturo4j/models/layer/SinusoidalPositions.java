// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A fixed vector added at each position t of [positions, dimensions]: sin(t / 10000^(2i/dimensions)) in its values 2i, and the
 * cosine of the same in its values 2i + 1 (Vaswani et al., NeurIPS 2017).
 */
public record SinusoidalPositions() implements Layer {
  private static final double BASE = 10_000;

  @Override
  public void addTo(NetworkBuilder network, String path) {
    network.shape().checkSequence("layer " + path + " adds a vector at each position");
    network.add(new Sum(network.stageName("positions", path), network.value(), Value.of(network.shape())));
  }

  /** The value added in a dimension at a position. */
  public static double value(int position, int dimension, int dimensions) {
    double angle = position / Math.pow(BASE, (double) (dimension - dimension % 2) / dimensions);
    return dimension % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
  }

  private record Sum(String name, Value input, Value output) implements SingleInput {
    @Override
    public StageTasks tasks(StageSite site) {
      return new Tasks(this, site);
    }
  }

  private static final class Tasks extends StageTasks {
    private final FloatArray table;

    Tasks(Sum stage, StageSite site) {
      super(stage, site);
      table = new FloatArray(stage.output().shape().size());
      int dimensions = stage.output().shape().last();
      for (int i = 0; i < table.getSize(); i++) {
        table.set(i, (float) value(i / dimensions, i % dimensions, dimensions));
      }
    }

    @Override
    public void addForward(ForwardPass pass) {
      pass.graph().once(table);
      PositionalEmbedding.addSum(pass.graph(), name(), input().values(), table, output().values(), 0, batch());
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      input().addGradient(output().gradient(graph, name() + "Back"));
    }
  }
}
