// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A task for a graph that has nothing to do but to send an array: TornadoVM sends what a task reads, and no more. */
public final class Upload {
  private Upload() {}

  /**
   * Adds the task.
   *
   * @param array that the graph is to send; at least one value
   */
  public static void addTo(KernelGraph graph, String name, FloatArray array) {
    FloatArray first = new FloatArray(1);
    String task = graph.task(name);
    graph.cost(task, Cost.elements(1, 0, 1, 1));
    graph.add(g -> g.task(task, Upload::first, array, first));
  }

  static void first(FloatArray array, FloatArray first) {
    for (@Parallel int i = 0; i < first.getSize(); i++) {
      first.set(i, array.get(i));
    }
  }
}
