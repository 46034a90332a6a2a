// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The tasks of an attention that are no products; each {@link KernelShape} has kernels of its own for them.
 *
 * @param rows heads of examples · positions
 * @param causal whether a position sees itself and those before it only
 * @param scale of the scores
 */
public record AttentionTasks(int rows, int positions, boolean causal, float scale) {
  /** Adds {@link AttentionKernels#softmax}. */
  public void addSoftmax(KernelGraph graph, KernelShape shape, String name, FloatArray scores) {
    String task = graph.task(name);
    int masked = causal ? 1 : 0;
    graph.cost(task, Cost.elements(scores.getSize(), 5, 1, 1));
    if (shape == KernelShape.CHUNKS) {
      graph.add(g -> g.task(task, AttentionKernels::softmax, scores, rows / positions, positions, masked, scale));
      return;
    }
    KernelContext context = new KernelContext();
    graph.grid(task, AttentionGroups.grid(rows));
    graph.add(g -> g.task(task, AttentionGroups::softmax, context, scores, positions, masked, scale));
  }

  /** Adds {@link AttentionKernels#backward}. */
  public void addBackward(
      KernelGraph graph, KernelShape shape, String name, FloatArray gradient, FloatArray weights) {
    String task = graph.task(name);
    int masked = causal ? 1 : 0;
    graph.cost(task, Cost.elements(gradient.getSize(), 5, 2, 1));
    if (shape == KernelShape.CHUNKS) {
      graph.add(g -> g.task(task, AttentionKernels::backward, gradient, weights, rows, positions, masked, scale));
      return;
    }
    KernelContext context = new KernelContext();
    graph.grid(task, AttentionGroups.grid(rows));
    graph.add(g -> g.task(task, AttentionGroups::backward, context, gradient, weights, positions, masked, scale));
  }
}
