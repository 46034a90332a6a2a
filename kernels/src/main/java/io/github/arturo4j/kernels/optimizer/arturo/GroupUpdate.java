// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link GaussianUpdate} in {@link KernelShape#GROUPS}. */
final class GroupUpdate {
  /** Number of sums: twice KL of the means, the number of negative q, and twice KL of the precisions. */
  static final int SUMS = 3;

  private GroupUpdate() {}

  /**
   * Takes the step, unless it is to be skipped, and writes the decayed mean with it.
   *
   * @param sums out, if the step is to be reported: {@link #SUMS} values a group, each sum's together
   */
  static void update(
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
    float[] local = context.allocateFloatLocalArray(SUMS * GroupLayout.SIZE);
    float prior = control.get(ArturoConstants.PRIOR);
    float floor = control.get(ArturoConstants.MIN_CURVATURE);
    float nu = control.get(ArturoConstants.NU);
    float weight = control.get(ArturoConstants.REG_WEIGHT) + nu;
    float min = control.get(ArturoConstants.MIN_PRECISION);
    float max = control.get(ArturoConstants.MAX_PRECISION);
    float decay = control.get(ArturoConstants.DECAY);
    float undo = control.get(ArturoConstants.UNDO_DECAY);
    float steepest = control.get(ArturoConstants.MAX_GRADIENT);
    float reporting = control.get(ArturoConstants.REPORT);
    float eta = dual.get(DualState.ETA);
    float kl = 0f;
    float negative = 0f;
    float covariance = 0f;
    if (dual.get(DualState.SKIP) == 0f) {
      for (int i = context.globalIdx; i < n; i += groups * GroupLayout.SIZE) {
        float m = mean.get(i) * decay * undo;
        if (reporting > 0f) {
          float q = curvature.get(i);
          float h = q + prior;
          float lambda = precision.get(i);
          float d = WeightMath.slope(h, m, linear.get(i), steepest);
          float floored = NanMath.atLeast(h, floor);
          float step = WeightMath.stored(m, d / (floored + eta * lambda));
          kl += WeightMath.twiceKl(lambda, step);
          negative += WeightMath.negative(q);
          covariance +=
              WeightMath.twiceKlOfPrecision(lambda, GaussianUpdate.precision(floored, lambda, nu, weight, min, max));
        }
        GaussianUpdate.element(
            m, mean, linear, curvature, precision, i, prior, floor, nu, weight, min, max, steepest, eta);
      }
    }
    if (reporting > 0f) {
      int thread = context.localIdx;
      local[thread] = kl;
      local[GroupLayout.SIZE + thread] = negative;
      local[2 * GroupLayout.SIZE + thread] = covariance;
      for (int stride = GroupLayout.SIZE / 2; stride > 0; stride >>= 1) {
        context.localBarrier();
        if (thread < stride) {
          local[thread] = local[thread] + local[thread + stride];
          int at = GroupLayout.SIZE + thread;
          local[at] = local[at] + local[at + stride];
          int last = 2 * GroupLayout.SIZE + thread;
          local[last] = local[last] + local[last + stride];
        }
      }
      if (thread == 0) {
        sums.set(context.groupIdx, local[0]);
        sums.set(groups + context.groupIdx, local[GroupLayout.SIZE]);
        sums.set(2 * groups + context.groupIdx, local[2 * GroupLayout.SIZE]);
      }
    }
  }
}
