// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.DropoutKernels;
import io.github.arturo4j.kernels.nn.SumKernels;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sets elements to zero at random while training, and scales the others so that the expectation stays (Srivastava et al.,
 * JMLR 2014).
 *
 * @param probability of setting an element to zero, in [0, 1)
 */
public record Dropout(double probability) implements Layer {
  /** As a file describes it. */
  public static Dropout of(LayerArguments a) {
    return new Dropout(a.number("probability"));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException("layer " + path + " is a dropout of " + probability + "; it must be in [0, 1)");
    }
    if (probability > 0) {
      network.add(
          new Mask(
              network.stageName("dropout", path), List.of(network.value()), Value.of(network.shape()), probability));
    }
  }

  /** A dropout by itself. */
  record Mask(String name, List<Value> inputs, Value output, double probability) implements Stage {
    @Override
    public int randomStreams() {
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
    private int key;

    Tasks(Mask stage, StageSite site) {
      super(stage, site);
      threshold = DropoutKernels.threshold(stage.probability());
      scale = DropoutKernels.scale(stage.probability());
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      FloatArray x = input().values();
      FloatArray y = output().values();
      String task = graph.task(name());
      if (!pass.dropout()) {
        graph.cost(task, DropoutKernels.forwardCost(y.getSize()));
        graph.add(g -> g.task(task, SumKernels::copy, x, y));
        return;
      }
      IntArray control = pass.arrays().control().array();
      key = pass.randomKey();
      int at = key;
      graph.cost(task, DropoutKernels.forwardCost(y.getSize()));
      graph.add(g -> g.task(task, DropoutKernels::masked, x, y, control, at, threshold, scale));
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      FloatArray dy = output().gradient(graph, name() + "Back");
      IntArray control = arrays.control().array();
      int at = key;
      String task = graph.task(name() + "Back");
      graph.cost(task, DropoutKernels.forwardCost(dy.getSize()));
      graph.add(g -> g.task(task, DropoutKernels::forward, dy, control, at, threshold, scale)); // the same mask again
      input().addGradient(dy);
    }
  }
}
