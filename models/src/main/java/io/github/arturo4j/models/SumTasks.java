// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.Residual;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The sum of the two paths of a residual, and the ReLU behind it. */
final class SumTasks extends StageTasks {
  private static final float NO_LIMIT = Float.NEGATIVE_INFINITY;

  private final Stage.Sum stage;
  private final Activation input;
  private final Activation shortcut;

  SumTasks(Stage.Sum stage, int batch, Activation input, Activation shortcut) {
    super(stage.name(), batch * stage.output().size());
    this.stage = stage;
    this.input = input;
    this.shortcut = shortcut;
  }

  @Override
  void addForward(KernelGraph graph, NetworkArrays arrays, boolean training) {
    FloatArray a = input.values();
    FloatArray b = shortcut.values();
    FloatArray y = output().values();
    float min = stage.relu() ? 0f : NO_LIMIT;
    String task = graph.task(name());
    graph.cost(task, Cost.elements(y.getSize(), 2, 2, 1));
    graph.add(g -> g.task(task, Residual::add, a, b, y, min));
  }

  @Override
  void addBackward(KernelGraph graph, NetworkArrays arrays) {
    String back = name() + "Back";
    FloatArray dy =
        stage.relu() ? output().gradientThroughRelu(graph, back) : output().gradient(graph, back);
    if (shortcut.differentiable()) {
      FloatArray copy = shortcut.newGradient(); // both paths go on to change theirs in place
      String task = graph.task(back);
      graph.cost(task, Cost.elements(copy.getSize(), 0, 1, 1));
      graph.add(g -> g.task(task, Residual::copy, dy, copy));
    }
    if (input.differentiable()) {
      input.addGradient(dy);
    }
  }
}
