// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link GradientScan}, and {@link HessianFilter} with {@link KlExpansion}, in {@link KernelShape#GROUPS}. */
final class GroupFilter {
  private GroupFilter() {}

  /**
   * Adds the scan.
   *
   * @return for what follows: not 0 if a gradient of any device is not finite
   */
  static FloatArray addScan(
      OptimizerStep step, KernelContext context, FloatArray control, FloatArray gradients, FloatArray notFinite, GroupLayout cut) {
    if (step.isShared()) {
      step.graph().everyTime(notFinite); // nobody else sets it back
    } else {
      step.graph().once(notFinite);
    }
    String task = step.graph().task("scanGradient");
    step.graph().grid(task, cut.grid());
    step.graph().cost(task, ArturoCosts.scan(cut.n()));
    step.graph().add(g -> g.task(task, GroupFilter::scan, context, control, gradients, notFinite, cut.n(), cut.threads()));
    return step.any(notFinite, 1);
  }

  /**
   * Sets a flag if a gradient or its scale is not finite. Whoever finds one writes the same, so it does not matter who is last.
   *
   * @param notFinite 0 before the step; {@link GroupDecision} sets it back
   */
  static void scan(
      KernelContext context, FloatArray control, FloatArray gradients, FloatArray notFinite, int n, int threads) {
    float factor = control.get(Optimizer.GRADIENT_SCALE) * 0f;
    float zero = 0f;
    for (int i = context.globalIdx; i < n; i += threads) {
      zero += gradients.get(i) * factor;
    }
    float bad = 1f;
    if (zero < 1f) { // NaN is not
      bad = 0f;
    }
    if (bad > 0f) {
      notFinite.set(0, 1f);
    }
  }

  /**
   * Updates the filter with one gradient, and sums the terms of the expansion. The mean is read only: all that need it
   * decay it as they read it. Does nothing if a gradient is not finite.
   *
   * @param sums out: {@link KlExpansion#SUMS} values a group, each sum's together, without the factor ½; then the sum of δ²/s
   * @param expand 1 for the sums of the expansion, 0 for none
   */
  static void update(
      KernelContext context,
      FloatArray control,
      FloatArray dual,
      FloatArray notFinite,
      FloatArray gradients,
      FloatArray mean,
      FloatArray linear,
      FloatArray curvature,
      FloatArray p00,
      FloatArray p01,
      FloatArray p11,
      FloatArray precision,
      FloatArray sums,
      int n,
      int groups,
      int expand) {
    float[] local = context.allocateFloatLocalArray((KlExpansion.SUMS + 1) * GroupLayout.SIZE);
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float decay = control.get(ArturoConstants.DECAY);
    float undo = control.get(ArturoConstants.UNDO_DECAY);
    float max = control.get(ArturoConstants.MAX_MEAN);
    float noise = control.get(ArturoConstants.DYNAMIC_MODEL_NOISE);
    float measurementNoise = control.get(ArturoConstants.MEASUREMENT_NOISE);
    float minInnovationVariance = control.get(ArturoConstants.MIN_INNOVATION_VARIANCE);
    float minVariance = control.get(ArturoConstants.MIN_VARIANCE);
    float steepest = control.get(ArturoConstants.MAX_GRADIENT);
    float maxCurvature = control.get(ArturoConstants.MAX_CURVATURE);
    float maxVariance = control.get(ArturoConstants.MAX_VARIANCE);
    float slack = control.get(ArturoConstants.COVARIANCE_SLACK);
    float prior = control.get(ArturoConstants.PRIOR);
    float floor = control.get(ArturoConstants.MIN_CURVATURE);
    float started = dual.get(DualState.STARTED);
    float eta = dual.get(DualState.CENTER);
    float free = 0f;
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float whole = 0f;
    float normalised = 0f;
    if (notFinite.get(0) == 0f) {
      for (int i = context.globalIdx; i < n; i += groups * GroupLayout.SIZE) {
        float m = mean.get(i) * decay;
        float lambda = precision.get(i); // before anything is stored, behind which a load would wait
        normalised += HessianFilter.element(
            WeightMath.clamp(m, max),
            WeightMath.clamp(scale * gradients.get(i), steepest),
            linear,
            curvature,
            p00,
            p01,
            p11,
            i,
            noise,
            measurementNoise,
            minInnovationVariance,
            minVariance,
            steepest,
            maxCurvature,
            maxVariance,
            slack,
            started);
        if (expand == 1) {
          float h = curvature.get(i) + prior;
          float start = m * undo;
          float d = WeightMath.slope(h, start, linear.get(i), steepest);
          float floored = NanMath.atLeast(h, floor);
          float pull = eta * lambda;
          float inverse = 1f / (floored + pull);
          float w = pull * inverse;
          float term = WeightMath.twiceKl(lambda, d * inverse);
          free += WeightMath.twiceKl(lambda, WeightMath.stored(start, d / floored));
          s0 += term;
          s1 += term * w;
          s2 += term * w * w;
          s3 += term * w * w * w;
          whole += WeightMath.twiceKl(lambda, start);
        }
      }
      if (expand == 1) {
        int thread = context.localIdx;
        local[thread] = free;
        local[GroupLayout.SIZE + thread] = s0;
        local[2 * GroupLayout.SIZE + thread] = s1;
        local[3 * GroupLayout.SIZE + thread] = s2;
        local[4 * GroupLayout.SIZE + thread] = s3;
        local[5 * GroupLayout.SIZE + thread] = whole;
        local[6 * GroupLayout.SIZE + thread] = normalised;
        for (int stride = GroupLayout.SIZE / 2; stride > 0; stride >>= 1) {
          context.localBarrier();
          if (thread < stride) {
            for (int k = 0; k <= KlExpansion.SUMS; k++) {
              int at = k * GroupLayout.SIZE + thread;
              local[at] = local[at] + local[at + stride];
            }
          }
        }
        if (thread == 0) {
          for (int k = 0; k <= KlExpansion.SUMS; k++) {
            sums.set(k * groups + context.groupIdx, local[k * GroupLayout.SIZE]);
          }
        }
      }
    }
  }
}
