// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The transposition of a matrix of each example.
 *
 * @param rows of x, which are the columns of y
 * @param columns of x
 */
public record TransposeTasks(int batch, int rows, int columns) {
  /** The way back. */
  public TransposeTasks inverse() {
    return new TransposeTasks(batch, columns, rows);
  }

  /** Adds the task y[b, c, r] = x[b, r, c], of another array. */
  public void add(KernelGraph graph, KernelShape shape, String name, FloatArray x, FloatArray y) {
    String task = graph.task(name);
    graph.cost(task, Cost.elements(x.getSize(), 0, 1, 1));
    if (shape == KernelShape.CHUNKS) {
      graph.loops(task, batch, TransposeKernels.tiles(columns));
      graph.add(g -> g.task(task, TransposeKernels::chunks, x, y, batch, rows, columns));
      return;
    }
    KernelContext context = new KernelContext();
    graph.grid(task, TransposeKernels.grid(batch, rows, columns));
    graph.add(g -> g.task(task, TransposeKernels::groups, context, x, y, rows, columns));
  }
}
