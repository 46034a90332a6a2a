// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;

/** Grids of work-groups in a line. */
public final class GroupGrid {
  private GroupGrid() {}

  /**
   * A grid.
   *
   * @param size threads of each of the groups
   * @throws ArithmeticException if there are more threads than an int counts
   */
  public static WorkerGrid of(int groups, int size) {
    WorkerGrid1D grid = new WorkerGrid1D(Math.multiplyExact(groups, size));
    grid.setLocalWork(size, 1, 1);
    return grid;
  }
}
