// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.DropoutKernels;
import io.github.arturo4j.kernels.nn.StochasticDepthKernels;
import io.github.arturo4j.kernels.nn.SumKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sets whole examples to zero at random while training, and scales the others so that the expectation stays (Huang et al., ECCV
 * 2016): at the end of a residual's body, these examples take the shortcut alone. torchvision's StochasticDepth of mode "row".
 *
 * @param probability of setting an example to zero, in [0, 1)
 */
public record StochasticDepth(double probability) implements Layer {
  /** As a file describes it. */
  public static StochasticDepth of(LayerArguments a) {
    return new StochasticDepth(a.number("probability"));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "layer " + path + " drops examples with a probability of " + probability + "; it must be in [0, 1)");
    }
    if (probability > 0) {
      network.add(
          new Drop(network.stageName("depth", path), network.value(), Value.of(network.shape()), probability));
    }
  }

  private record Drop(String name, Value input, Value output, double probability) implements SingleInput {
    @Override
    public int randomStreams() {
      return 1;
    }

    @Override
    public int randomValues() {
      return 1;
    }

    @Override
    public StageTasks tasks(StageSite site) {
      return new Tasks(this, site);
    }
  }

  private static final class Tasks extends StageTasks {
    private final int threshold;
    private final float scale;
    private final int size;
    private int key;

    Tasks(Drop stage, StageSite site) {
      super(stage, site);
      threshold = DropoutKernels.threshold(stage.probability());
      scale = DropoutKernels.scale(stage.probability());
      size = stage.output().shape().size();
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      FloatArray x = input().values();
      FloatArray y = output().values();
      String task = graph.task(name());
      graph.cost(task, Cost.elements(y.getSize(), 1, 1, 1));
      if (!pass.dropout()) {
        graph.add(g -> g.task(task, SumKernels::copy, x, y));
        return;
      }
      IntArray control = pass.arrays().control().array();
      key = pass.randomKey();
      int at = key;
      graph.loops(task, batch(), size);
      graph.add(g -> g.task(task, StochasticDepthKernels::forward, x, y, control, at, threshold, scale, batch(), size));
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      FloatArray dy = output().gradient(graph, name() + "Back");
      IntArray control = arrays.control().array();
      int at = key;
      String task = graph.task(name() + "Back");
      graph.cost(task, Cost.elements(dy.getSize(), 1, 1, 1));
      graph.loops(task, batch(), size);
      graph.add(g -> g.task(task, StochasticDepthKernels::backward, dy, control, at, threshold, scale, batch(), size));
      input().addGradient(dy);
    }
  }
}
