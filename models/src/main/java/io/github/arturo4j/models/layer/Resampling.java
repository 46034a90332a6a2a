// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Images of another size, channel by channel, whose pixels are weighted sums of the old ones; without parameters.
 *
 * @param input channels×height×width
 * @param output as many channels, other heights and widths
 */
record Resampling(String name, Value input, Value output, Kernels kernels) implements SingleInput {
  /** A kernel of three parallel loops each way: over planes, which are channels of images, rows and columns. */
  interface Kernels {
    /** Adds the task that computes y from x. */
    void addForward(TaskGraphInterface graph, String task, FloatArray x, FloatArray y, int planes);

    /** Adds the task that computes dx from dy. */
    void addBackward(TaskGraphInterface graph, String task, FloatArray dy, FloatArray dx, int planes);
  }

  @Override
  public StageTasks tasks(StageSite site) {
    return new Tasks(this, site);
  }

  private static final class Tasks extends StageTasks {
    private final Kernels kernels;
    private final Shape in;
    private final Shape out;
    private final int planes;

    Tasks(Resampling stage, StageSite site) {
      super(stage, site);
      kernels = stage.kernels();
      in = stage.input().shape();
      out = stage.output().shape();
      planes = batch() * in.channels();
    }

    /** What one direction has to do: an addition for each value of the larger image. */
    private static Cost cost(FloatArray from, FloatArray to) {
      return Cost.elements(from.getSize(), 0, 1, 0)
          .plus(Cost.elements(to.getSize(), 0, 0, 1))
          .plus(Cost.elements(Math.max(from.getSize(), to.getSize()), 1, 0, 0));
    }

    @Override
    public void addForward(ForwardPass pass) {
      KernelGraph graph = pass.graph();
      FloatArray x = input().values();
      FloatArray y = output().values();
      String task = graph.task(name());
      graph.cost(task, cost(x, y));
      graph.loops(task, planes, out.height(), out.width());
      graph.add(g -> kernels.addForward(g, task, x, y, planes));
    }

    @Override
    public void addBackward(KernelGraph graph, NetworkArrays arrays) {
      String back = name() + "Back";
      FloatArray dy = output().gradient(graph, back);
      FloatArray dx = input().newGradient();
      String task = graph.task(back);
      graph.cost(task, cost(dy, dx));
      graph.loops(task, planes, in.height(), in.width());
      graph.add(g -> kernels.addBackward(g, task, dy, dx, planes));
    }
  }
}
