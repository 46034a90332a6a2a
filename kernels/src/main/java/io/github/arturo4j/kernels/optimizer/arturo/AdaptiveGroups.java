// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The kernels of {@link AdaptiveArturo} in {@link KernelShape#GROUPS}. The additions stand in each kernel, as in {@link
 * GroupDecision}.
 */
final class AdaptiveGroups {
  private AdaptiveGroups() {}

  /**
   * Updates the filter, {@link AdaptiveFilter#element}, writes the metric, and sums what {@link AdaptiveStep} decides by;
   * nothing if a gradient is not finite. The mean is read only: all that need it decay it as they read it.
   *
   * @param sums out: {@link AdaptiveStep#SUMS} values a group, each sum's together
   */
  static void filter(
      KernelContext context,
      FloatArray control,
      FloatArray scalars,
      FloatArray notFinite,
      FloatArray gradients,
      FloatArray mean,
      FloatArray center,
      FloatArray slope,
      FloatArray curvature,
      FloatArray p00,
      FloatArray p01,
      FloatArray p11,
      FloatArray noise,
      FloatArray metric,
      FloatArray sums,
      int n,
      int groups) {
    float[] local = context.allocateFloatLocalArray(AdaptiveStep.SUMS * GroupLayout.SIZE);
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float decay = control.get(AdaptiveConstants.DECAY);
    float inverseUnit = control.get(AdaptiveConstants.INVERSE_UNIT);
    float byCurvature = control.get(AdaptiveConstants.CURVATURE);
    float taken = scalars.get(AdaptiveScalars.TAKEN);
    float started = TornadoMath.min(taken, 1f);
    float gain = TornadoMath.max(1f / (taken + 1f), AdaptiveConstants.NOISE_GAIN);
    float energy = 0f;
    float noisy = 0f;
    float whole = 0f;
    float rounding = 0f;
    float negative = 0f;
    float ratios = 0f;
    float logRatios = 0f;
    float innovations = 0f;
    float reporting = control.get(AdaptiveConstants.REPORT);
    if (notFinite.get(0) == 0f) {
      for (int i = context.globalIdx; i < n; i += groups * GroupLayout.SIZE) {
        float m = mean.get(i) * decay;
        float limited = WeightMath.clamp(m, Arturo.MAX_MEAN);
        float g = WeightMath.clamp(scale * gradients.get(i), Arturo.MAX_GRADIENT);
        float before = 1f;
        if (reporting > 0f) {
          before = metric.get(i); // as all else before anything is stored, behind which a load would wait
          innovations +=
              AdaptiveFilter.innovation(
                  limited, g, center, slope, curvature, p00, p01, p11, noise, i, started, gain, inverseUnit);
        }
        AdaptiveFilter.element(
            limited, g, center, slope, curvature, p00, p01, p11, noise, i, started, gain, inverseUnit);
        float d = slope.get(i);
        float q = curvature.get(i);
        float r = noise.get(i);
        float h = AdaptiveFilter.metric(d, q, r, inverseUnit, byCurvature);
        if (reporting > 0f) {
          float ratio = AdaptiveStep.ratio(before, h);
          ratios += ratio;
          logRatios += TornadoMath.log(ratio);
        }
        metric.set(i, h);
        float step = d / h;
        energy += d * step;
        noisy += r / h;
        whole += h;
        rounding += WeightMath.twiceKl(h, AdaptiveStep.error(m, step));
        negative += WeightMath.negative(q);
      }
      int thread = context.localIdx;
      local[thread] = energy;
      local[GroupLayout.SIZE + thread] = noisy;
      local[2 * GroupLayout.SIZE + thread] = whole;
      local[3 * GroupLayout.SIZE + thread] = rounding;
      local[4 * GroupLayout.SIZE + thread] = negative;
      local[AdaptiveStep.RATIO * GroupLayout.SIZE + thread] = ratios;
      local[AdaptiveStep.LOG_RATIO * GroupLayout.SIZE + thread] = logRatios;
      local[AdaptiveStep.INNOVATION * GroupLayout.SIZE + thread] = innovations;
      for (int stride = GroupLayout.SIZE / 2; stride > 0; stride >>= 1) {
        context.localBarrier();
        if (thread < stride) {
          for (int k = 0; k < AdaptiveStep.SUMS; k++) {
            int at = k * GroupLayout.SIZE + thread;
            local[at] = local[at] + local[at + stride];
          }
        }
      }
      if (thread == 0) {
        for (int k = 0; k < AdaptiveStep.SUMS; k++) {
          sums.set(k * groups + context.groupIdx, local[k * GroupLayout.SIZE]);
        }
      }
    }
  }

  /** {@link AdaptiveStep#decide}; adds up nothing if a gradient is not finite. */
  static void decide(
      KernelContext context,
      FloatArray control,
      FloatArray scalars,
      FloatArray notFinite,
      FloatArray sums,
      int n,
      int groups) {
    float[] local = context.allocateFloatLocalArray(AdaptiveStep.SUMS * GroupLayout.SIZE);
    int thread = context.localIdx;
    float bad = notFinite.get(0);
    if (bad == 0f) {
      for (int k = 0; k < AdaptiveStep.SUMS; k++) {
        float sum = 0f;
        for (int g = thread; g < groups; g += GroupLayout.SIZE) {
          sum += sums.get(k * groups + g);
        }
        local[k * GroupLayout.SIZE + thread] = sum;
      }
      for (int stride = GroupLayout.SIZE / 2; stride > 0; stride >>= 1) {
        context.localBarrier();
        if (thread < stride) {
          for (int k = 0; k < AdaptiveStep.SUMS; k++) {
            int at = k * GroupLayout.SIZE + thread;
            local[at] = local[at] + local[at + stride];
          }
        }
      }
    }
    context.globalBarrier(); // what the first thread writes now, all have read
    if (thread == 0) {
      float energy = 0f;
      float noise = 0f;
      float metric = 0f;
      float rounding = 0f;
      if (bad == 0f) {
        energy = local[0];
        noise = local[GroupLayout.SIZE];
        metric = local[2 * GroupLayout.SIZE];
        rounding = local[3 * GroupLayout.SIZE];
        AdaptiveStep.report(
            control, scalars, local[4 * GroupLayout.SIZE], local[AdaptiveStep.RATIO * GroupLayout.SIZE],
            local[AdaptiveStep.LOG_RATIO * GroupLayout.SIZE], local[AdaptiveStep.INNOVATION * GroupLayout.SIZE], metric, n);
      }
      AdaptiveStep.decide(control, scalars, bad, energy, noise, metric, rounding, n);
    }
  }

  /**
   * Takes the step, unless it is to be skipped, and writes the decayed mean with it.
   *
   * @param sums out, a value a group if the step is to be reported: Σ λ·step², of the step as it is stored
   */
  static void update(
      KernelContext context,
      FloatArray control,
      FloatArray scalars,
      FloatArray mean,
      FloatArray slope,
      FloatArray metric,
      FloatArray sums,
      int n,
      int groups) {
    float[] local = context.allocateFloatLocalArray(GroupLayout.SIZE);
    float decay = control.get(AdaptiveConstants.DECAY);
    float reporting = control.get(AdaptiveConstants.REPORT);
    float factor = scalars.get(AdaptiveScalars.FACTOR);
    float inverseWeight = 1f / scalars.get(AdaptiveScalars.WEIGHT);
    float twiceKl = 0f;
    if (scalars.get(AdaptiveScalars.SKIP) == 0f) {
      for (int i = context.globalIdx; i < n; i += groups * GroupLayout.SIZE) {
        float m = mean.get(i) * decay;
        float h = metric.get(i);
        float step = factor * slope.get(i) / h;
        twiceKl += WeightMath.twiceKl(h * inverseWeight, WeightMath.stored(m, step));
        mean.set(i, m - step);
      }
    }
    if (reporting > 0f) {
      int thread = context.localIdx;
      local[thread] = twiceKl;
      for (int stride = GroupLayout.SIZE / 2; stride > 0; stride >>= 1) {
        context.localBarrier();
        if (thread < stride) {
          local[thread] = local[thread] + local[thread + stride];
        }
      }
      if (thread == 0) {
        sums.set(context.groupIdx, local[0]);
      }
    }
  }

  /**
   * {@link AdaptiveStep#close}; adds up nothing if there is nothing to report.
   *
   * @param notFinite set back for the next step
   */
  static void close(
      KernelContext context, FloatArray control, FloatArray scalars, FloatArray notFinite, FloatArray sums, int groups) {
    float[] local = context.allocateFloatLocalArray(GroupLayout.SIZE);
    int thread = context.localIdx;
    float report = control.get(AdaptiveConstants.REPORT);
    if (report != 0f) {
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
      float twiceKl = 0f;
      if (report != 0f) {
        twiceKl = local[0];
      }
      AdaptiveStep.close(control, scalars, twiceKl);
      notFinite.set(0, 0f);
    }
  }
}
