// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.graph.GroupGrid;
import uk.ac.manchester.tornado.api.WorkerGrid;

/**
 * The work-groups of a kernel over n weights. Thread i takes the weights i, i + threads, i + 2·threads, …, so that
 * neighbouring threads touch neighbouring weights; the groups depend on n alone, and so do the sums.
 *
 * @param n weights
 * @param groups work-groups of {@link #SIZE} threads
 */
public record GroupLayout(int n, int groups) {
  /** Threads of a work-group, which every GPU can run. */
  public static final int SIZE = 256;

  /** Weights of a thread at least, while there are enough: they pay for the sum over the group. */
  private static final int MIN_WEIGHTS = 4;

  /** 131,072 threads: enough for the loads in flight that the memory of a large GPU wants. */
  private static final int MAX_GROUPS = 512;

  /** The layout for n weights. */
  public static GroupLayout of(int n) {
    return new GroupLayout(n, Math.clamp(Math.ceilDiv(n, SIZE * MIN_WEIGHTS), 1, MAX_GROUPS));
  }

  /** Threads of all groups. */
  public int threads() {
    return groups * SIZE;
  }

  /** The grid of a kernel over all weights. */
  public WorkerGrid grid() {
    return GroupGrid.of(groups, SIZE);
  }

  /** The grid of a kernel in a single group. */
  public static WorkerGrid one() {
    return GroupGrid.of(1, SIZE);
  }
}
