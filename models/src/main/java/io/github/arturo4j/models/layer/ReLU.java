// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.ReluKernels;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** max(0, x). */
public record ReLU() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    network.add(
        new Rectifier(network.stageName("relu", path), List.of(network.value()), Value.of(network.shape())));
  }

  /** A ReLU by itself. */
  record Rectifier(String name, List<Value> inputs, Value output) implements Stage {
    @Override
    public StageTasks tasks(StageSite site) {
      return new Tasks(this, site);
    }
  }

  private static final class Tasks extends StageTasks {
    Tasks(Stage stage, StageSite site) {
      super(stage, site);
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      FloatArray x = input().values();
      FloatArray y = output().values();
      String task = graph.task(name());
      graph.cost(task, ReluKernels.forwardCost(y.getSize()));
      graph.add(g -> g.task(task, ReluKernels::forward, x, y));
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      input().addGradient(output().gradientThroughRelu(graph, name() + "Back"));
    }
  }
}
