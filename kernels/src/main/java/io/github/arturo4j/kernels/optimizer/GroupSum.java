// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Sums in {@link KernelShape#GROUPS}: each thread adds up its own terms; a group the sums of its threads, as a tree of 16
 * times 16; and a single group, likewise, those of all groups. All in float, because what is summed is not negative: the
 * relative error is at most 2⁻²⁴ for each addition on a term's way. Those are n/131,072 in the thread, and 30 + 1 + 30:
 * 6·10⁻⁶ for 5·10⁶ weights, 10⁻³ for 2·10⁹. The robust promise has 0.5% to spare.
 */
final class GroupSum {
  /** Threads that work on one sum, and values that each of them adds. */
  private static final int BRANCHES = 16;

  private GroupSum() {}

  /**
   * Sums over the group's threads; afterwards, and for all of them, the k-th sum is at k · {@link Groups#SIZE}.
   *
   * @param local a value of each thread for each sum, at k · {@link Groups#SIZE} + thread
   * @param count number of sums
   */
  static void tree(KernelContext context, float[] local, int count) {
    int thread = context.localIdx;
    context.localBarrier();
    if (thread < count * BRANCHES) {
      int first = thread / BRANCHES * Groups.SIZE + thread % BRANCHES;
      float sum = 0f;
      for (int j = 0; j < Groups.SIZE; j += BRANCHES) {
        sum += local[first + j];
      }
      local[first] = sum;
    }
    context.localBarrier();
    if (thread < count) {
      int first = thread * Groups.SIZE;
      float sum = 0f;
      for (int j = 0; j < BRANCHES; j++) {
        sum += local[first + j];
      }
      local[first] = sum;
    }
    context.localBarrier();
  }

  /** Writes the group's sums. */
  static void write(KernelContext context, float[] local, FloatArray sums, int count, int groups) {
    if (context.localIdx == 0) {
      for (int k = 0; k < count; k++) {
        sums.set(k * groups + context.groupIdx, local[k * Groups.SIZE]);
      }
    }
  }

  /** Collects what groups have written: each thread's part of them, for {@link #tree}. */
  static void read(KernelContext context, float[] local, FloatArray sums, int count, int groups) {
    int thread = context.localIdx;
    for (int k = 0; k < count; k++) {
      float sum = 0f;
      for (int g = thread; g < groups; g += Groups.SIZE) {
        sum += sums.get(k * groups + g);
      }
      local[k * Groups.SIZE + thread] = sum;
    }
  }
}
