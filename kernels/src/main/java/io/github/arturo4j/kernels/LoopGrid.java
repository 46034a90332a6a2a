// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels;

import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid2D;

/**
 * The threads of a GPU for two parallel loops, one in the other: neighbours in x take neighbouring steps of the inner
 * loop. TornadoVM 5.2 itself would choose work-groups that need not divide the threads, and then NVIDIA's OpenCL runs
 * nothing, without an error; and for three loops groups as small as a single thread. A single loop it cuts well.
 *
 * <p>Each thread walks on by the number of threads, so that any grid computes everything: this one is rounded up to whole
 * groups, and has no more of them than CUDA allows. But a parameter that is itself the bound of a parallel loop becomes
 * the grid's size in TornadoVM 5.2, everywhere in the kernel. So the bounds of such loops are expressions; where there is
 * nothing to compute, {@code n & ANY}.
 */
public final class LoopGrid {
  /** Every number that is not negative has these bits and no others. */
  public static final int ANY = Integer.MAX_VALUE;

  /** Threads of a group, which every GPU can run. */
  static final int GROUP = 256;

  /** Threads of a group in x, at most: enough for whole transfers from memory, and few are idle at the end of a row. */
  private static final int MOST_COLUMNS = 64;

  /** Groups in y that CUDA allows. */
  private static final int MOST_GROUPS = 65_535;

  private LoopGrid() {}

  /** The grid for that many steps of the outer and of the inner loop. */
  static WorkerGrid of(int rows, int columns) {
    int across = 1;
    while (across < Math.min(columns, MOST_COLUMNS)) {
      across *= 2;
    }
    int down = GROUP / across;
    int groups = Math.clamp(Math.ceilDiv(rows, down), 1, MOST_GROUPS);
    WorkerGrid grid = new WorkerGrid2D(Math.ceilDiv(columns, across) * across, groups * down);
    grid.setLocalWork(across, down, 1);
    return grid;
  }
}
