// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid3D;

/**
 * The threads of a GPU for two or three parallel loops, one in the other: neighbours in x take neighbouring steps of the
 * innermost. TornadoVM 5.2 itself would choose work-groups that need not divide the threads, and then NVIDIA's OpenCL
 * runs nothing, without an error; or small ones, of the planes of neighbours. A single loop it cuts well.
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
  private static final int GROUP = 256;

  /** Threads of a group in x, at most: enough for whole transfers from memory, and few are idle at the end of a row. */
  private static final int MAX_ACROSS = 64;

  /** Threads of a group in z that CUDA allows. */
  private static final int MAX_DEEP = 64;

  /** Groups in y and in z that CUDA allows. */
  private static final int MAX_GROUPS = 65_535;

  private LoopGrid() {}

  /** The grid for that many steps of the outermost, the middle and the innermost loop. */
  static WorkerGrid of(int planes, int rows, int columns) {
    int across = threads(columns, MAX_ACROSS);
    int down = threads(rows, GROUP / across);
    int deep = threads(planes, Math.min(GROUP / (across * down), MAX_DEEP));
    WorkerGrid grid = new WorkerGrid3D(size(columns, across), size(rows, down), size(planes, deep));
    grid.setLocalWork(across, down, deep);
    return grid;
  }

  /** The least power of two that is not less than n, or {@code max}. */
  private static int threads(int n, int max) {
    int threads = 1;
    while (threads < Math.min(n, max)) {
      threads *= 2;
    }
    return threads;
  }

  /** Threads of whole groups, for n steps. */
  private static int size(int n, int group) {
    return Math.min(Math.ceilDiv(n, group), MAX_GROUPS) * group;
  }
}
