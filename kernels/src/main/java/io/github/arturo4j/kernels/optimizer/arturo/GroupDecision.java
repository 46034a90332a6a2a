// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What is decided from sums over all weights, in {@link KernelShape#GROUPS}: one group adds up what all groups have
 * summed, then one of its threads decides.
 */
final class GroupDecision {
  /** Begins {@link LadderSearch} with the {@link KlExpansion}. */
  static final int BEGIN = 0;

  /** A round of {@link Bisection}. */
  static final int HALVE = 1;

  /** {@link StepEnd}. */
  static final int CLOSE = 2;

  private GroupDecision() {}

  /** Number of sums that an action takes. */
  static int sums(int action) {
    return action == BEGIN ? KlExpansion.SUMS : action == HALVE ? 1 : GroupUpdate.SUMS;
  }

  /**
   * Adds up, and decides; idle if a bisection has ended, or a step has nothing to report.
   *
   * @param notFinite see {@link GroupFilter#scan}; set back at the end of the step
   * @param sums {@code count} values a group, each sum's together
   * @param count see {@link #sums}
   * @param action one of the three
   */
  static void decide(
      KernelContext context,
      FloatArray control,
      FloatArray dual,
      FloatArray notFinite,
      FloatArray sums,
      int groups,
      int count,
      int action) {
    float[] local = context.allocateFloatLocalArray(KlExpansion.SUMS * GroupLayout.SIZE);
    int thread = context.localIdx;
    float bad = notFinite.get(0);
    float idle = bad;
    if (action == HALVE) {
      idle = dual.get(DualState.SOLVED);
    }
    if (action == CLOSE) {
      idle = 1f - control.get(ArturoConstants.REPORT);
    }
    if (idle == 0f) {
      for (int k = 0; k < count; k++) {
        float sum = 0f;
        for (int g = thread; g < groups; g += GroupLayout.SIZE) {
          sum += sums.get(k * groups + g);
        }
        local[k * GroupLayout.SIZE + thread] = sum;
      }
      for (int stride = GroupLayout.SIZE / 2; stride > 0; stride >>= 1) {
        context.localBarrier();
        if (thread < stride) {
          for (int k = 0; k < count; k++) {
            int at = k * GroupLayout.SIZE + thread;
            local[at] = local[at] + local[at + stride];
          }
        }
      }
    }
    context.globalBarrier(); // what the first thread writes now, all have read
    if (thread == 0) {
      float first = 0f;
      float second = 0f;
      if (idle == 0f) {
        first = 0.5f * local[0];
        second = local[GroupLayout.SIZE];
      }
      if (action == BEGIN) {
        if (idle == 0f) {
          for (int k = 0; k < count; k++) {
            dual.set(DualState.KL + k, 0.5f * local[k * GroupLayout.SIZE]);
          }
        }
        LadderSearch.begin(control, dual, bad == 0f);
        RoundedSearch.begin(control, dual);
      }
      if (action == HALVE) {
        if (idle == 0f) {
          Bisection.halve(control, dual, first);
        }
      }
      if (action == CLOSE) {
        StepEnd.end(control, dual, first, second);
        notFinite.set(0, 0f);
      }
    }
  }
}
