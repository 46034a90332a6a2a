// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * An activation: y = f(x) of each value by itself, without parameters. One of your own is a {@link Layer} that calls {@link
 * #addTo} with its kernels.
 *
 * @param input what it takes, of any shape
 * @param output of the same shape
 */
public record Elementwise(String name, Value input, Value output, Function function) implements SingleInput {
  /** f and its slope, a kernel each. */
  public interface Function {
    /** Adds the task y = f(x). */
    void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y);

    /** Adds the task dy = dy · f′(x), in place; it is given y, too, from which some slopes are had more easily. */
    void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray x, FloatArray y);

    /** Operations of one value, forward; backward they are a few more. */
    int flops();
  }

  /** Adds an activation to a network; {@code what} is the layer's kind, for the stage's name. */
  public static void addTo(NetworkBuilder network, String what, String path, Function function) {
    network.add(
        new Elementwise(network.stageName(what, path), network.value(), Value.of(network.shape()), function));
  }

  @Override
  public StageTasks tasks(StageSite site) {
    return new Tasks(this, site);
  }

  private static final class Tasks extends StageTasks {
    private final Function function;

    Tasks(Elementwise stage, StageSite site) {
      super(stage, site);
      function = stage.function();
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      FloatArray x = input().values();
      FloatArray y = output().values();
      String task = graph.task(name());
      graph.cost(task, Cost.elements(y.getSize(), function.flops(), 1, 1));
      graph.add(g -> function.addForward(g, task, x, y));
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      FloatArray x = input().values();
      FloatArray y = output().values();
      FloatArray dy = output().gradient(graph, back);
      String task = graph.task(back);
      graph.cost(task, Cost.elements(dy.getSize(), function.flops() + 1, 2, 1));
      graph.add(g -> function.addBackward(g, task, dy, x, y));
      input().addGradient(dy);
    }
  }
}
