// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.SumKernels;
import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The sum of two paths from the same input (He, Zhang, Ren, Sun, CVPR 2016).
 *
 * @param body the one, not empty; its unnamed layers are named after their places
 * @param shortcut the other, empty for the input itself; its unnamed layers are named {@code shortcut.0} and so on
 */
public record Residual(List<Layer> body, List<Layer> shortcut) implements Layer {
  /** Copies the lists. */
  public Residual {
    body = List.copyOf(body);
    shortcut = List.copyOf(shortcut);
  }

  /** As a file describes it. */
  public static Residual of(LayerArguments a) {
    return new Residual(a.layers("body"), a.layersIfAny("shortcut"));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    Value input = network.value();
    network.addAll(body, path + ".");
    Value sum = network.value();
    if (sum.origin() == input.origin()) {
      throw new IllegalArgumentException("the body of residual " + path + " computes nothing");
    }
    network.continueWith(input);
    network.addAll(shortcut, path + ".", path + ".shortcut.");
    if (!network.shape().equals(sum.shape())) {
      throw new IllegalArgumentException(
          "residual " + path + " cannot add " + network.shape() + " of its shortcut to " + sum.shape() + " of its body");
    }
    network.add(
        new Sum(
            network.stageName("sum", path), List.of(sum, network.value()), Value.of(sum.shape()), false));
  }

  /**
   * The sum, and perhaps a ReLU behind it.
   *
   * @param inputs the two
   */
  record Sum(String name, List<Value> inputs, Value output, boolean relu) implements Stage {
    /** The second of the two. */
    Value shortcut() {
      return inputs.getLast();
    }

    @Override
    public Optional<Stage> fuse(Stage next) {
      return next instanceof ReLU.Rectifier r && !relu
          ? Optional.of(new Sum(name, inputs, r.output(), true))
          : Optional.empty();
    }

    @Override
    public StageTasks tasks(StageSite site) {
      return new SumTasks(this, site);
    }
  }

  private static final class SumTasks extends StageTasks {
    private final boolean relu;
    private final Activation shortcut;

    SumTasks(Sum stage, StageSite site) {
      super(stage, site);
      relu = stage.relu();
      shortcut = site.inputs().getLast();
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      FloatArray a = input().values();
      FloatArray b = shortcut.values();
      FloatArray y = output().values();
      float min = relu ? 0f : Float.NEGATIVE_INFINITY;
      String task = graph.task(name());
      graph.cost(task, Cost.elements(y.getSize(), 2, 2, 1));
      graph.add(g -> g.task(task, SumKernels::add, a, b, y, min));
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      FloatArray dy = relu ? output().gradientThroughRelu(graph, back) : output().gradient(graph, back);
      if (shortcut.differentiable()) {
        FloatArray copy = shortcut.newGradient(); // both paths go on to change theirs in place
        String task = graph.task(back);
        graph.cost(task, Cost.elements(copy.getSize(), 0, 1, 1));
        graph.add(g -> g.task(task, SumKernels::copy, dy, copy));
      }
      if (input().differentiable()) {
        input().addGradient(dy);
      }
    }
  }
}
