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
  /** Number of sums: d²/ĥ, R/ĥ, ĥ, ĥe², and the number of negative q. */
  static final int SUMS = 5;

  /** Half of a float's last bit, relatively. */
  static final float ROUNDING = 1f / (1 << 24);

  private static final float MIN_WEIGHT = 1e-36f;
  private static final float MIN_FACTOR = 1e-30f;

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
      float weight = TornadoMath.max(metric / n * control.get(AdaptiveConstants.VARIANCE), MIN_WEIGHT);
      float signal = 1f;
      float factor = 1f;
      if (energy > 0f) {
        signal = energy / TornadoMath.max(noise, energy);
        float share = 1f + control.get(AdaptiveConstants.SIGNAL) * (signal - 1f);
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
   * Closes the step.
   *
   * @param twiceKl Σ λ·step², of the step as it is stored
   */
  static void close(FloatArray control, FloatArray scalars, float twiceKl) {
    if (control.get(AdaptiveConstants.REPORT) != 0f) {
      scalars.set(AdaptiveScalars.KL_TAKEN, 0.5f * twiceKl);
    }
    if (scalars.get(AdaptiveScalars.SKIP) == 0f) {
      scalars.set(AdaptiveScalars.TAKEN, scalars.get(AdaptiveScalars.TAKEN) + 1f);
    } else {
      scalars.set(AdaptiveScalars.SKIPPED, scalars.get(AdaptiveScalars.SKIPPED) + 1f);
    }
  }
}
