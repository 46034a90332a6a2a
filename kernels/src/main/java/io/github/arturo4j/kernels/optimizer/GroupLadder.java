// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link KlLadder}, {@link LadderSearch} and {@link Bisection} in {@link KernelShape#GROUPS}. The kernels that decide run
 * in one group, all of whose threads sum, and one decides. Idle, a kernel reads one flag and returns.
 */
final class GroupLadder {
  private GroupLadder() {}

  /** Begins the search with the sums of {@link GroupFilter#update}; one group. */
  static void begin(
      KernelContext context, FloatArray control, FloatArray dual, FloatArray notFinite, FloatArray sums, int groups) {
    float[] local = context.allocateFloatLocalArray(KlExpansion.SUMS * Groups.SIZE);
    boolean finite = notFinite.get(0) == 0f;
    if (finite) {
      GroupSum.read(context, local, sums, KlExpansion.SUMS, groups);
      GroupSum.tree(context, local, KlExpansion.SUMS);
    }
    if (context.localIdx == 0) {
      if (finite) {
        totals(local, dual, KlExpansion.SUMS);
      }
      LadderSearch.begin(control, dual, finite);
    }
  }

  /**
   * Evaluates KL_mean at {@code points} η of the ladder; idle once η is found.
   *
   * @param sums out: {@code points} values a group, each point's together, without the factor ½
   */
  static void evaluate(
      KernelContext context,
      FloatArray control,
      FloatArray dual,
      FloatArray mean,
      FloatArray linear,
      FloatArray curvature,
      FloatArray precision,
      FloatArray sums,
      int n,
      int groups,
      int points) {
    float[] local = context.allocateFloatLocalArray(DualState.POINTS * Groups.SIZE);
    if (dual.get(DualState.SOLVED) == 0f) {
      add(
          local, control, dual, mean, linear, curvature, precision, context.localIdx, context.globalIdx, n,
          groups * Groups.SIZE, points);
      GroupSum.tree(context, local, points);
      GroupSum.write(context, local, sums, points, groups);
    }
  }

  /**
   * The rounds of the search, if η is not found yet; one group. It takes the first round's values from {@link
   * #evaluate}, and evaluates those of the others, which hardly ever follow, itself.
   */
  static void search(
      KernelContext context,
      FloatArray control,
      FloatArray dual,
      FloatArray mean,
      FloatArray linear,
      FloatArray curvature,
      FloatArray precision,
      FloatArray sums,
      int n,
      int groups) {
    float[] local = context.allocateFloatLocalArray(DualState.POINTS * Groups.SIZE);
    if (dual.get(DualState.SOLVED) == 0f) {
      for (int round = 1; round <= LadderSearch.ROUNDS; round++) {
        boolean open = dual.get(DualState.SOLVED) == 0f;
        if (open) {
          if (round == 1) {
            GroupSum.read(context, local, sums, DualState.POINTS, groups);
          } else {
            add(
                local, control, dual, mean, linear, curvature, precision, context.localIdx, context.localIdx, n,
                Groups.SIZE, DualState.POINTS);
          }
        }
        GroupSum.tree(context, local, DualState.POINTS);
        if (context.localIdx == 0) {
          if (open) {
            totals(local, dual, DualState.POINTS);
            LadderSearch.bracket(control, dual, round);
          }
        }
        context.globalBarrier();
      }
    }
  }

  /** A round of the bisection with the sums of {@link #evaluate}; one group. */
  static void halve(KernelContext context, FloatArray control, FloatArray dual, FloatArray sums, int groups) {
    float[] local = context.allocateFloatLocalArray(Groups.SIZE);
    if (dual.get(DualState.SOLVED) == 0f) {
      GroupSum.read(context, local, sums, 1, groups);
      GroupSum.tree(context, local, 1);
      if (context.localIdx == 0) {
        Bisection.halve(control, dual, 0.5f * local[0]);
      }
    }
  }

  private static void totals(float[] local, FloatArray dual, int count) {
    for (int k = 0; k < count; k++) {
      dual.set(DualState.KL + k, 0.5f * local[k * Groups.SIZE]);
    }
  }

  /** A thread's sum for each point, over the weights from {@code first} on. */
  private static void add(
      float[] local,
      FloatArray control,
      FloatArray dual,
      FloatArray mean,
      FloatArray linear,
      FloatArray curvature,
      FloatArray precision,
      int thread,
      int first,
      int n,
      int threads,
      int points) {
    float prior = control.get(Control.PRIOR);
    float floor = control.get(Control.MIN_CURVATURE);
    float decay = control.get(Control.DECAY);
    float undo = control.get(Control.UNDO_DECAY);
    float most = control.get(Control.MOST_MEAN);
    for (int k = 0; k < points; k++) {
      local[k * Groups.SIZE + thread] = 0f;
    }
    for (int i = first; i < n; i += threads) {
      float h = curvature.get(i) + prior;
      float lambda = precision.get(i);
      float d = Coordinate.slope(h, Coordinate.decayed(mean.get(i), decay, most) * undo, linear.get(i));
      float floored = Math.max(h, floor);
      for (int k = 0; k < points; k++) {
        int at = k * Groups.SIZE + thread;
        float step = d / (floored + dual.get(DualState.LADDER + k) * lambda);
        local[at] = local[at] + Coordinate.twiceKl(lambda, step);
      }
    }
  }
}
