// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What is decided from sums over all weights, in {@link KernelShape#GROUPS}: one group adds up what all groups have
 * summed, then one of its threads decides. The additions stand in each kernel: TornadoVM 5.2 makes wrong code of a method
 * that is given an array in local memory.
 */
final class GroupDecision {
  private GroupDecision() {}

  /**
   * Begins {@link LadderSearch} with the {@link KlExpansion}; idle if the gradient is not finite.
   *
   * @param notFinite see {@link GroupFilter#scan}
   * @param sums {@link KlExpansion#SUMS} values a group, each sum's together
   */
  static void begin(
      KernelContext context, FloatArray control, FloatArray dual, FloatArray notFinite, FloatArray sums, int groups) {
    float[] local = context.allocateFloatLocalArray((KlExpansion.SUMS + 1) * GroupLayout.SIZE);
    int thread = context.localIdx;
    float bad = notFinite.get(0);
    if (bad == 0f) {
      for (int k = 0; k <= KlExpansion.SUMS; k++) {
        float sum = 0f;
        for (int g = thread; g < groups; g += GroupLayout.SIZE) {
          sum += sums.get(k * groups + g);
        }
        local[k * GroupLayout.SIZE + thread] = sum;
      }
      for (int stride = GroupLayout.SIZE / 2; stride > 0; stride >>= 1) {
        context.localBarrier();
        if (thread < stride) {
          for (int k = 0; k <= KlExpansion.SUMS; k++) {
            int at = k * GroupLayout.SIZE + thread;
            local[at] = local[at] + local[at + stride];
          }
        }
      }
    }
    context.globalBarrier(); // what the first thread writes now, all have read
    if (thread == 0) {
      if (bad == 0f) {
        for (int k = 0; k < KlExpansion.SUMS; k++) {
          dual.set(DualState.KL + k, 0.5f * local[k * GroupLayout.SIZE]);
        }
      }
      if (bad == 0f) {
        if (control.get(ArturoConstants.REPORT) != 0f) {
          dual.set(DualState.INNOVATION, local[KlExpansion.SUMS * GroupLayout.SIZE]);
        }
      }
      LadderSearch.begin(control, dual, bad == 0f);
      RoundedSearch.begin(control, dual);
    }
  }

  /**
   * A round of the search, of which all groups have evaluated the points; idle if it has ended.
   *
   * @param sums {@link DualState#POINTS} values a group, each point's together, without the factor ½
   */
  static void further(KernelContext context, FloatArray control, FloatArray dual, FloatArray sums, int groups) {
    float[] local = context.allocateFloatLocalArray(DualState.POINTS * GroupLayout.SIZE);
    int thread = context.localIdx;
    float solved = dual.get(DualState.SOLVED);
    float rounded = dual.get(DualState.ROUNDED);
    if (solved == 0f) {
      for (int k = 0; k < DualState.POINTS; k++) {
        float sum = 0f;
        for (int g = thread; g < groups; g += GroupLayout.SIZE) {
          sum += sums.get(k * groups + g);
        }
        local[k * GroupLayout.SIZE + thread] = sum;
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
    }
    context.globalBarrier(); // what the first thread writes now, all have read
    if (thread == 0) {
      if (solved == 0f) {
        int round = LadderSearch.round(dual);
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
  }

  /**
   * A round of {@link Bisection}; idle if it has ended.
   *
   * @param sums a value a group
   */
  static void halve(KernelContext context, FloatArray control, FloatArray dual, FloatArray sums, int groups) {
    float[] local = context.allocateFloatLocalArray(GroupLayout.SIZE);
    int thread = context.localIdx;
    float solved = dual.get(DualState.SOLVED);
    if (solved == 0f) {
      float sum = 0f;
      for (int g = thread; g < groups; g += GroupLayout.SIZE) {
        sum += sums.get(g);
      }
      local[thread] = sum;
      for (int stride = GroupLayout.SIZE / 2; stride > 0; stride >>= 1) {
        context.localBarrier();
        if (thread < stride) {
          local[thread] = local[thread] + local[thread + stride];
        }
      }
    }
    context.globalBarrier(); // what the first thread writes now, all have read
    if (thread == 0) {
      if (solved == 0f) {
        Bisection.halve(control, dual, 0.5f * local[0]);
      }
    }
  }

  /**
   * {@link StepEnd}; adds up nothing if there is nothing to report.
   *
   * @param notFinite set back for the next step
   * @param sums {@link GroupUpdate#SUMS} values a group, each sum's together
   */
  static void close(
      KernelContext context, FloatArray control, FloatArray dual, FloatArray notFinite, FloatArray sums, int groups) {
    float[] local = context.allocateFloatLocalArray(GroupUpdate.SUMS * GroupLayout.SIZE);
    int thread = context.localIdx;
    float report = control.get(ArturoConstants.REPORT);
    if (report != 0f) {
      for (int k = 0; k < GroupUpdate.SUMS; k++) {
        float sum = 0f;
        for (int g = thread; g < groups; g += GroupLayout.SIZE) {
          sum += sums.get(k * groups + g);
        }
        local[k * GroupLayout.SIZE + thread] = sum;
      }
      for (int stride = GroupLayout.SIZE / 2; stride > 0; stride >>= 1) {
        context.localBarrier();
        if (thread < stride) {
          for (int k = 0; k < GroupUpdate.SUMS; k++) {
            int at = k * GroupLayout.SIZE + thread;
            local[at] = local[at] + local[at + stride];
          }
        }
      }
    }
    context.globalBarrier(); // what the first thread writes now, all have read
    if (thread == 0) {
      float kl = 0f;
      float negative = 0f;
      float covariance = 0f;
      if (report != 0f) {
        kl = 0.5f * local[0];
        negative = local[GroupLayout.SIZE];
        covariance = 0.5f * local[2 * GroupLayout.SIZE];
      }
      StepEnd.end(control, dual, kl, negative, covariance);
      notFinite.set(0, 0f);
    }
  }
}
