// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.Pooling;
import io.github.arturo4j.kernels.nn.PoolingTasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A max-pooling of any windows. */
final class PoolTasks extends StageTasks {
  private final Stage.Pool stage;
  private final int planes;
  private final Activation input;

  /** Of each window, the place of its maximum. */
  private final IntArray where;

  PoolTasks(Stage.Pool stage, int batch, Activation input) {
    super(stage.name(), batch * stage.output().size());
    this.stage = stage;
    this.input = input;
    planes = batch * stage.in().channels();
    where = new IntArray(batch * stage.output().size());
  }

  @Override
  void addForward(KernelGraph graph, NetworkArrays arrays, boolean training) {
    Layer.MaxPool layer = stage.layer();
    Shape in = stage.in();
    Shape out = stage.output();
    FloatArray x = input.values();
    FloatArray y = output().values();
    String task = graph.task(name());
    int window = layer.kernel() * layer.kernel();
    graph.loops(task, planes, out.height(), out.width());
    graph.cost(task, Cost.elements(x.getSize(), 0, 1, 0).plus(Cost.elements(y.getSize(), window, 0, 2)));
    graph.add(
        g ->
            g.task(
                task, Pooling::maximum, x, y, where, planes, in.height(), in.width(), out.height(), out.width(),
                layer.kernel(), layer.stride(), layer.padding()));
  }

  @Override
  void addBackward(KernelGraph graph, NetworkArrays arrays) {
    if (!input.differentiable()) {
      return;
    }
    Shape in = stage.in();
    Shape out = stage.output();
    String back = name() + "Back";
    FloatArray dy = output().gradient(graph, back);
    FloatArray dx = input.newGradient();
    String task = graph.task(back);
    graph.cost(task, Cost.elements(dx.getSize(), 0, 0, 1).plus(Cost.elements(dy.getSize(), 1, 2, 0)));
    Layer.MaxPool layer = stage.layer();
    PoolingTasks.addMaximumBackward(
        graph, graph.shape(), task, dy, where, dx, planes, in.height(), in.width(), out.height(), out.width(),
        layer.kernel(), layer.stride(), layer.padding());
  }
}
