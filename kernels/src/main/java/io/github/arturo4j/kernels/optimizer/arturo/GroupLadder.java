// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link KlLadder} and the rounds of {@link LadderSearch} in {@link KernelShape#GROUPS}. Once η is found, a kernel reads
 * one flag and returns.
 */
final class GroupLadder {
  /** Limit of a term, far above every ε: an infinite one has no compensation. */
  private static final float MAX_TERM = 1e28f;

  private GroupLadder() {}

  /**
   * Evaluates KL_mean at {@code points} η of the ladder.
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
    float[] local = context.allocateFloatLocalArray(DualState.POINTS * GroupLayout.SIZE);
    int thread = context.localIdx;
    if (dual.get(DualState.SOLVED) == 0f) {
      float prior = control.get(ArturoConstants.PRIOR);
      float floor = control.get(ArturoConstants.MIN_CURVATURE);
      float decay = control.get(ArturoConstants.DECAY);
      float undo = control.get(ArturoConstants.UNDO_DECAY);
      float steepest = control.get(ArturoConstants.MAX_GRADIENT);
      float rounded = dual.get(DualState.ROUNDED);
      for (int k = 0; k < points; k++) {
        local[k * GroupLayout.SIZE + thread] = 0f;
      }
      for (int i = context.globalIdx; i < n; i += groups * GroupLayout.SIZE) {
        float h = curvature.get(i) + prior;
        float lambda = precision.get(i);
        float m = mean.get(i) * decay * undo;
        float d = WeightMath.slope(h, m, linear.get(i), steepest);
        float floored = NanMath.atLeast(h, floor);
        for (int k = 0; k < points; k++) {
          int at = k * GroupLayout.SIZE + thread;
          float step = d / (floored + dual.get(DualState.LADDER + k) * lambda);
          if (rounded > 0f) {
            step = WeightMath.stored(m, step);
          }
          local[at] = local[at] + WeightMath.twiceKl(lambda, step);
        }
      }
      for (int stride = GroupLayout.SIZE / 2; stride > 0; stride >>= 1) {
        context.localBarrier();
        if (thread < stride) {
          for (int k = 0; k < points; k++) {
            int at = k * GroupLayout.SIZE + thread;
            local[at] = local[at] + local[at + stride];
          }
        }
      }
      if (thread == 0) {
        for (int k = 0; k < points; k++) {
          sums.set(k * groups + context.groupIdx, local[k * GroupLayout.SIZE]);
        }
      }
    }
  }

  /**
   * The rounds of the search, in one group. It takes the first round's values from {@link #evaluate}, and evaluates
   * those of the others, which hardly any step needs, itself: each thread sums n/256 terms, with Kahan's compensation of
   * what rounding loses.
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
    float[] local = context.allocateFloatLocalArray(DualState.POINTS * GroupLayout.SIZE);
    float[] lost = context.allocateFloatLocalArray(DualState.POINTS * GroupLayout.SIZE);
    int thread = context.localIdx;
    float prior = control.get(ArturoConstants.PRIOR);
    float floor = control.get(ArturoConstants.MIN_CURVATURE);
    float decay = control.get(ArturoConstants.DECAY);
    float undo = control.get(ArturoConstants.UNDO_DECAY);
    float steepest = control.get(ArturoConstants.MAX_GRADIENT);
    float rounded = dual.get(DualState.ROUNDED);
    int rounds = RoundedSearch.ROUNDS;
    if (dual.get(DualState.SOLVED) != 0f) {
      rounds = 0;
    }
    for (int round = 1; round <= rounds; round++) {
      float solved = dual.get(DualState.SOLVED);
      for (int k = 0; k < DualState.POINTS; k++) {
        local[k * GroupLayout.SIZE + thread] = 0f;
        lost[k * GroupLayout.SIZE + thread] = 0f;
      }
      if (round == 1) {
        for (int g = thread; g < groups; g += GroupLayout.SIZE) {
          for (int k = 0; k < DualState.POINTS; k++) {
            int at = k * GroupLayout.SIZE + thread;
            local[at] = local[at] + sums.get(k * groups + g);
          }
        }
      }
      int end = n;
      if (round == 1) {
        end = 0;
      }
      if (solved != 0f) {
        end = 0;
      }
      for (int i = thread; i < end; i += GroupLayout.SIZE) {
        float h = curvature.get(i) + prior;
        float lambda = precision.get(i);
        float m = mean.get(i) * decay * undo;
        float d = WeightMath.slope(h, m, linear.get(i), steepest);
        float floored = NanMath.atLeast(h, floor);
        for (int k = 0; k < DualState.POINTS; k++) {
          int at = k * GroupLayout.SIZE + thread;
          float step = d / (floored + dual.get(DualState.LADDER + k) * lambda);
          if (rounded > 0f) {
            step = WeightMath.stored(m, step);
          }
          float term = NanMath.atMost(WeightMath.twiceKl(lambda, step), MAX_TERM) - lost[at];
          float before = local[at];
          float sum = before + term;
          lost[at] = (sum - before) - term;
          local[at] = sum;
        }
      }
      for (int stride = GroupLayout.SIZE / 2; stride > 0; stride >>= 1) {
        context.localBarrier();
        if (thread < stride) {
          for (int k = 0; k < DualState.POINTS; k++) {
            int at = k * GroupLayout.SIZE + thread;
            local[at] = local[at] + local[at + stride];
          }
        }
      }
      context.globalBarrier(); // what the first thread writes now, all have read
      if (thread == 0) {
        if (solved == 0f) {
          for (int k = 0; k < DualState.POINTS; k++) {
            dual.set(DualState.KL + k, 0.5f * local[k * GroupLayout.SIZE]);
          }
          dual.set(DualState.EVALUATIONS, dual.get(DualState.EVALUATIONS) + DualState.POINTS);
          if (rounded > 0f) {
            RoundedSearch.next(control, dual, round);
          } else {
            LadderSearch.takeNear(control, dual);
            if (dual.get(DualState.SOLVED) == 0f) {
              LadderSearch.bracket(control, dual, round);
            }
          }
        }
      }
      context.globalBarrier();
      context.localBarrier(); // a barrier orders one kind of memory
    }
  }
}
