// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The tasks of a normalisation of rows, see {@link RowNormKernels}; a layer normalisation has others in {@link
 * KernelShape#CHUNKS}, and long rows those of {@link RowNormGroups} in {@link KernelShape#GROUPS}.
 *
 * @param weight where the {@code count} weights begin, and {@code bias} where the biases do
 * @param epsilon what is added to a variance before the root
 */
public record RowNormTasks(int rows, int length, int period, int divisor, int weight, int bias, int count, float epsilon) {
  private boolean isLayer() {
    return period == 1 && divisor == 1;
  }

  private boolean byRow(KernelShape shape) {
    return shape == KernelShape.CHUNKS && isLayer();
  }

  /** Adds the tasks that compute the statistics, and y from x. */
  public void addForward(
      KernelGraph graph, KernelShape shape, String name, FloatArray x, FloatArray statistics, FloatArray parameters,
      FloatArray y) {
    String first = graph.task(name + "Statistics");
    graph.cost(first, Cost.elements(x.getSize(), 5, 1, 0));
    if (RowNormGroups.isFor(shape, length)) {
      KernelContext context = new KernelContext();
      graph.grid(first, RowNormGroups.grid(rows));
      graph.add(g -> g.task(first, RowNormGroups::statistics, context, x, statistics, rows, length, epsilon));
    } else {
      graph.add(g -> g.task(first, RowNormKernels::statistics, x, statistics, rows, length, epsilon));
    }
    String task = graph.task(name);
    graph.cost(task, Cost.elements(y.getSize(), 4, 1, 1));
    if (byRow(shape)) {
      graph.add(g -> g.task(task, LayerNormKernels::forward, x, statistics, parameters, y, weight, bias, rows, length));
      return;
    }
    graph.loops(task, rows, length);
    graph.add(
        g ->
            g.task(
                task, RowNormKernels::forward, x, statistics, parameters, y, weight, bias, rows, length, period, divisor));
  }

  /** Adds the tasks of the gradients of weights and biases. */
  public void addBackwardParameters(
      KernelGraph graph, KernelShape shape, String name, FloatArray dy, FloatArray x, FloatArray statistics,
      FloatArray gradients) {
    String task = graph.task(name);
    int parts = shape == KernelShape.GROUPS && isLayer() ? RowNormGroups.parts(graph.traits().processors(), rows, count) : 1;
    graph.cost(task, Cost.elements(dy.getSize(), 5, 2, 0).plus(Cost.elements(parts - 1, 0, 0, 2 * count)));
    if (parts > 1) {
      addParts(graph, name, task, dy, x, statistics, gradients, parts);
    } else if (byRow(shape)) {
      graph.add(
          g ->
              g.task(
                  task, LayerNormKernels::backwardParameters, dy, x, statistics, gradients, weight, bias, rows, length));
    } else if (RowNormGroups.isFor(shape, rows / period * divisor) && !isLayer()) {
      KernelContext context = new KernelContext();
      graph.grid(task, RowNormGroups.grid(count));
      graph.add(
          g ->
              g.task(
                  task, RowNormGroups::backwardParameters, context, dy, x, statistics, gradients, weight, bias, rows, length, period,
                  divisor));
    } else {
      graph.add(
          g ->
              g.task(
                  task, RowNormKernels::backwardParameters, dy, x, statistics, gradients, weight, bias, count, rows, length,
                  period, divisor));
    }
  }

  private void addParts(
      KernelGraph graph, String name, String task, FloatArray dy, FloatArray x, FloatArray statistics, FloatArray gradients, int parts) {
    FloatArray sums = new FloatArray(2 * parts * length);
    graph.add(g -> g.task(task, RowNormGroups::partialParameters, dy, x, statistics, sums, rows, length, parts));
    String merge = graph.task(name + "Sum");
    graph.cost(merge, Cost.elements(sums.getSize(), 1, 1, 0));
    graph.add(g -> g.task(merge, RowNormGroups::mergeParameters, sums, gradients, weight, bias, length, parts));
  }

  /** Adds the task that makes of the gradient of y that of x. */
  public void addBackwardInput(
      KernelGraph graph, KernelShape shape, String name, FloatArray dy, FloatArray x, FloatArray statistics,
      FloatArray parameters) {
    String task = graph.task(name);
    graph.cost(task, Cost.elements(dy.getSize(), 11, 2, 1));
    if (RowNormGroups.isFor(shape, length)) {
      KernelContext context = new KernelContext();
      graph.grid(task, RowNormGroups.grid(rows));
      graph.add(
          g ->
              g.task(
                  task, RowNormGroups::backwardInput, context, dy, x, statistics, parameters, weight, rows, length, period, divisor));
      return;
    }
    if (byRow(shape)) {
      graph.add(g -> g.task(task, LayerNormKernels::backwardInput, dy, x, statistics, parameters, weight, rows, length));
      return;
    }
    graph.add(
        g ->
            g.task(
                task, RowNormKernels::backwardInput, dy, x, statistics, parameters, weight, rows, length, period, divisor));
  }
}
