// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.SoftmaxKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * exp(x) / Σ exp(x) over the channels, of each pixel by itself: PyTorch's Softmax(dim=1). Of a vector, over all its
 * values. (The loss of classes has its own: a network that ends in logits needs none.)
 */
public record Softmax() implements Layer {
  @Override
  public void addTo(NetworkBuilder network, String path) {
    network.add(
        new Probabilities(network.stageName("softmax", path), network.value(), Value.of(network.shape())));
  }

  private record Probabilities(String name, Value input, Value output) implements SingleInput {
    @Override
    public StageTasks tasks(StageSite site) {
      return new Tasks(this, site);
    }
  }

  private static final class Tasks extends StageTasks {
    private final int channels;
    private final int pixels;

    Tasks(Probabilities stage, StageSite site) {
      super(stage, site);
      channels = stage.input().shape().channels();
      pixels = stage.input().shape().pixels();
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      FloatArray x = input().values();
      FloatArray y = output().values();
      String task = graph.task(name());
      graph.cost(task, Cost.elements(y.getSize(), 5, 1, 1));
      graph.loops(task, batch(), pixels);
      graph.add(g -> g.task(task, SoftmaxKernels::forward, x, y, batch(), channels, pixels));
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      FloatArray y = output().values();
      FloatArray dy = output().gradient(graph, back);
      String task = graph.task(back);
      graph.cost(task, Cost.elements(dy.getSize(), 4, 2, 1));
      graph.loops(task, batch(), pixels);
      graph.add(g -> g.task(task, SoftmaxKernels::backward, dy, y, batch(), channels, pixels));
      input().addGradient(dy);
    }
  }
}
