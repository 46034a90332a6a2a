// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.ReluKernels;
import io.github.arturo4j.kernels.nn.SumKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What a stage puts out, on the device only, and the gradients with respect to it that come back: one from each stage
 * that takes it. Their tasks are added before those of the stage that has made it.
 */
public final class Activation {
  private final FloatArray values;
  private final boolean differentiable;
  private final ArrayPool arrays;
  private final List<FloatArray> gradients = new ArrayList<>();

  private Activation(FloatArray values, boolean differentiable, ArrayPool arrays) {
    this.values = values;
    this.differentiable = differentiable;
    this.arrays = arrays;
  }

  /** The images: nobody wants the gradient with respect to them. */
  public static Activation images(FloatArray batch) {
    return new Activation(batch, false, new ArrayPool());
  }

  /** The output of a stage; nobody wants its gradient where nothing before it has parameters. */
  static Activation of(FloatArray values, boolean differentiable, ArrayPool arrays) {
    return new Activation(values, differentiable, arrays);
  }

  /** The values, one row an example. */
  public FloatArray values() {
    return values;
  }

  /** Whether somebody wants the gradient. */
  public boolean differentiable() {
    return differentiable;
  }

  /** An array for the gradient of one more taker, which writes all of it. */
  public FloatArray newGradient() {
    FloatArray gradient = arrays.take(values.getSize());
    gradients.add(gradient);
    return gradient;
  }

  /** Takes an array as the gradient of one more taker; nobody else may need it any more. */
  public void addGradient(FloatArray gradient) {
    gradients.add(gradient);
  }

  /** The gradient: adds tasks that sum up what has come back, but for the last {@code separate} arrays. */
  private FloatArray sum(KernelGraph graph, String name, int separate) {
    FloatArray total = gradients.getFirst();
    while (gradients.size() > 1 + separate) {
      FloatArray other = gradients.remove(1);
      String task = graph.task(name + "Paths");
      graph.cost(task, Cost.elements(total.getSize(), 1, 2, 1));
      graph.add(g -> g.task(task, SumKernels::accumulate, total, other));
      arrays.giveBack(other);
    }
    return total;
  }

  /** The gradient: adds the tasks, if any, that sum up what has come back. */
  public FloatArray gradient(KernelGraph graph, String name) {
    return sum(graph, name, 0);
  }

  /** The gradient in front of a ReLU whose output this is. */
  public FloatArray gradientThroughRelu(KernelGraph graph, String name) {
    FloatArray total = sum(graph, name, 1);
    String task = graph.task(name + "Relu");
    if (gradients.size() > 1) {
      FloatArray other = gradients.removeLast();
      graph.cost(task, Cost.elements(total.getSize(), 2, 3, 1));
      graph.add(g -> g.task(task, SumKernels::accumulateThroughRelu, total, other, values));
      arrays.giveBack(other);
    } else {
      graph.cost(task, ReluKernels.backwardCost(total.getSize()));
      graph.add(g -> g.task(task, ReluKernels::backward, total, values, 1f));
    }
    return total;
  }

  boolean hasGradient(FloatArray gradient) {
    return gradients.stream().anyMatch(own -> own == gradient);
  }

  /** The gradients serve as other arrays from now on, but for those that somebody else has. */
  void endGradients(Predicate<FloatArray> others) {
    gradients.stream().filter(others.negate()).forEach(arrays::giveBack);
    gradients.clear();
  }

  /** The values serve as another array from now on: no task that reads them is added any more. */
  public void endValues() {
    arrays.giveBack(values);
  }
}
