// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.PoolingKernels;
import io.github.arturo4j.kernels.nn.PoolingTasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The mean of each channel, as a vector: PyTorch's AdaptiveAvgPool2d(1) and Flatten. */
public record GlobalAveragePool() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    network.add(
        new Average(
            network.stageName("average", path), network.value(), Value.of(new Shape(network.shape().channels()))));
  }

  private record Average(String name, Value input, Value output) implements SingleInput {
    @Override
    public StageTasks tasks(StageSite site) {
      return new Tasks(this, site);
    }
  }

  private static final class Tasks extends StageTasks {
    private final int planes;
    private final int pixels;

    Tasks(Average stage, StageSite site) {
      super(stage, site);
      planes = batch() * stage.input().shape().channels();
      pixels = stage.input().shape().pixels();
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      FloatArray x = input().values();
      FloatArray y = output().values();
      String task = graph.task(name());
      graph.cost(task, Cost.elements(x.getSize(), 1, 1, 0).plus(Cost.elements(planes, 1, 0, 1)));
      PoolingTasks.addAverage(graph, graph.shape(), task, x, y, planes, pixels);
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      FloatArray dy = output().gradient(graph, back);
      FloatArray dx = input().newGradient();
      String task = graph.task(back);
      graph.cost(task, Cost.elements(dx.getSize(), 0, 0, 1).plus(Cost.elements(planes, 1, 1, 0)));
      graph.loops(task, planes, pixels);
      graph.add(g -> g.task(task, PoolingKernels::averageBackward, dy, dx, planes, pixels));
    }
  }
}
