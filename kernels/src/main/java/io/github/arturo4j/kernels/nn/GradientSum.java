// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Adds up the gradients of a batch's micro-batches, each of which is a part of the gradient of the batch's mean loss. */
public final class GradientSum {
  private GradientSum() {}

  /**
   * Adds the task.
   *
   * @param gradients of a micro-batch, n values
   * @param sum of those so far, n values
   */
  public static void addTo(KernelGraph graph, FloatArray gradients, FloatArray sum, BatchControl control) {
    String task = graph.task("accumulate");
    graph.cost(task, Cost.elements(gradients.getSize(), 1, 2, 1));
    graph.add(g -> g.task(task, GradientSum::add, gradients, sum, control.array()));
  }

  /**
   * sum = gradients for the first micro-batch, sum + gradients for those behind it.
   *
   * @param control a {@link BatchControl}
   */
  static void add(FloatArray gradients, FloatArray sum, IntArray control) {
    for (@Parallel int i = 0; i < gradients.getSize(); i++) {
      float before = 0f;
      if (control.get(BatchControl.BEGINS) == 0) {
        before = sum.get(i);
      }
      sum.set(i, before + gradients.get(i));
    }
  }
}
