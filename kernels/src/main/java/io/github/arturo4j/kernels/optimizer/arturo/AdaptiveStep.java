// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What {@link AdaptiveArturo} decides for all weights together, from sums over them. A weight's precision is λ = ĥ/w, with w
 * so that the mean of all is 1/σ₀²; so η's step d/(ĥ + ηλ) is f·d/ĥ with f = 1/(1 + η/w), and its KL ½ f² Σ d²/ĥ / w: solved
 * in closed form.
 *
 * <p>A step stored in floats differs from that by at most e = min(2⁻²⁴|μ|, |step|) in each weight. By the triangle's
 * inequality, √KL of what is stored is at most √KL + √(½ Σ λe²), and at most twice √KL. So where the bound holds a step,
 * f is less by √(Σ ĥe²/Σ d²/ĥ), or half of what it would be, whichever is more: no rounding exceeds the bound.
 */
final class AdaptiveStep {
  /** Number of sums: d²/ĥ, R/ĥ, ĥ, ĥe², the number of negative q, and if they are to be reported, the next three. */
  static final int SUMS = 8;

  /** Which sum is that of the metric before over the one after. */
  static final int RATIO = 5;

  /** Which sum is that of the logarithms of these. */
  static final int LOG_RATIO = 6;

  /** Which sum is that of δ²/(SR). */
  static final int INNOVATION = 7;

  /** Half of a float's last bit, relatively. */
  static final float ROUNDING = 1f / (1 << 24);

  private static final float MIN_WEIGHT = 1e-36f;
  private static final float MIN_FACTOR = 1e-30f;
  private static final float MAX_RATIO = 1e12f;

  private AdaptiveStep() {}

  /** Greatest error, in the size of a step, that storing it makes. */
  static float error(float mean, float step) {
    return TornadoMath.min(TornadoMath.abs(mean) * ROUNDING, TornadoMath.abs(step));
  }

  /**
   * Decides on the step.
   *
   * @param bad not 0 if a gradient is not finite: the step is skipped
   * @param energy Σ d²/ĥ
   * @param noise Σ R/ĥ
   * @param metric Σ ĥ
   * @param rounding Σ ĥe²
   */
  static void decide(
      FloatArray control,
      FloatArray scalars,
      float bad,
      float energy,
      float noise,
      float metric,
      float rounding,
      int n) {
    float skip = 1f;
    if (bad == 0f) {
      skip = 0f;
    }
    scalars.set(AdaptiveScalars.SKIP, skip);
    if (skip == 0f) {
      float weight = weight(control, metric, n);
      float signal = 1f;
      float factor = 1f;
      if (energy > 0f) {
        signal = energy / TornadoMath.max(noise, energy);
        float bySignal = control.get(AdaptiveConstants.SIGNAL);
        float share = bySignal * signal + (1f - bySignal); // no difference of near numbers: the signal may be tiny
        float whole = TornadoMath.sqrt(2f * n * control.get(AdaptiveConstants.KL_BOUND) * weight / energy * share);
        float kept = TornadoMath.max(whole - TornadoMath.sqrt(rounding / energy), 0.5f * whole);
        factor = TornadoMath.max(TornadoMath.min(kept, 1f), MIN_FACTOR);
      }
      scalars.set(AdaptiveScalars.WEIGHT, weight);
      scalars.set(AdaptiveScalars.SIGNAL, signal);
      scalars.set(AdaptiveScalars.FACTOR, factor);
      scalars.set(AdaptiveScalars.ETA, TornadoMath.min(weight * (1f / factor - 1f), Float.MAX_VALUE));
    }
  }

  /**
   * Sets what is reported of the filter and of the precisions' step, whose KL is ½ Σ (r − 1 − ln r) with r = λ/λ'. Before
   * {@link #decide}, which replaces w.
   *
   * @param ratio Σ ĥ/ĥ', of the metric before over that after
   * @param logRatio Σ ln(ĥ/ĥ')
   * @param innovation Σ δ²/(SR)
   * @param metric Σ ĥ'
   */
  static void report(
      FloatArray control,
      FloatArray scalars,
      float negative,
      float ratio,
      float logRatio,
      float innovation,
      float metric,
      int n) {
    scalars.set(AdaptiveScalars.NEGATIVE, negative);
    if (control.get(AdaptiveConstants.REPORT) != 0f) {
      scalars.set(AdaptiveScalars.INNOVATION, innovation);
      float weights = ratio(weight(control, metric, n), scalars.get(AdaptiveScalars.WEIGHT));
      float kl = 0.5f * (weights * ratio - n - logRatio - n * TornadoMath.log(weights));
      float taken = TornadoMath.min(scalars.get(AdaptiveScalars.TAKEN), 1f); // there is no precision before the first step
      scalars.set(AdaptiveScalars.KL_COVARIANCE, TornadoMath.min(TornadoMath.max(taken * kl, 0f), Float.MAX_VALUE));
    }
  }

  /** That of two metrics, limited so that sums of it are finite. */
  static float ratio(float before, float after) {
    return TornadoMath.max(TornadoMath.min(before / after, MAX_RATIO), 1f / MAX_RATIO);
  }

  private static float weight(FloatArray control, float metric, int n) {
    return TornadoMath.max(metric / n * control.get(AdaptiveConstants.VARIANCE), MIN_WEIGHT);
  }

  /**
   * Closes the step.
   *
   * @param twiceKl Σ λ·step², of the step as it is stored
   */
  static void close(FloatArray control, FloatArray scalars, float twiceKl) {
    if (control.get(AdaptiveConstants.REPORT) != 0f) {
      scalars.set(AdaptiveScalars.BOUND, control.get(AdaptiveConstants.KL_BOUND));
      scalars.set(AdaptiveScalars.KL_TAKEN, 0.5f * twiceKl);
    }
    if (scalars.get(AdaptiveScalars.SKIP) == 0f) {
      scalars.set(AdaptiveScalars.TAKEN, scalars.get(AdaptiveScalars.TAKEN) + 1f);
    } else {
      scalars.set(AdaptiveScalars.SKIPPED, scalars.get(AdaptiveScalars.SKIPPED) + 1f);
    }
  }
}
