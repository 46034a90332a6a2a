// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.Pooling;
import io.github.arturo4j.kernels.nn.PoolingTasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The means of the channels. */
final class AverageTasks extends StageTasks {
  private final int planes;
  private final int pixels;
  private final Activation input;

  AverageTasks(Stage.Average stage, int batch, Activation input) {
    super(stage.name(), batch * stage.output().size());
    this.input = input;
    planes = batch * stage.in().channels();
    pixels = stage.in().height() * stage.in().width();
  }

  @Override
  void addForward(KernelGraph graph, NetworkArrays arrays, boolean training) {
    FloatArray x = input.values();
    FloatArray y = output().values();
    String task = graph.task(name());
    graph.cost(task, Cost.elements(x.getSize(), 1, 1, 0).plus(Cost.elements(planes, 1, 0, 1)));
    PoolingTasks.addAverage(graph, graph.shape(), task, x, y, planes, pixels);
  }

  @Override
  void addBackward(KernelGraph graph, NetworkArrays arrays) {
    if (!input.differentiable()) {
      return;
    }
    String back = name() + "Back";
    FloatArray dy = output().gradient(graph, back);
    FloatArray dx = input.newGradient();
    String task = graph.task(back);
    graph.cost(task, Cost.elements(dx.getSize(), 0, 0, 1).plus(Cost.elements(planes, 1, 1, 0)));
    graph.loops(task, planes, pixels);
    graph.add(g -> g.task(task, Pooling::averageBackward, dy, dx, planes, pixels));
  }
}
