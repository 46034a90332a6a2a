// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * ln KL_mean as a Taylor polynomial of x = ln η around the last η, for the price of one division more than KL_mean
 * itself; KL_mean as in {@link KlLadder}.
 *
 * <p>With t = ½ λ d² / (ĥ + ηλ)² and w = ηλ / (ĥ + ηλ), dt/dx = −2tw and dw/dx = w(1 − w). So the sums S_k = Σ t wᵏ,
 * k = 0..3, give KL = S₀, KL' = −2S₁, KL'' = 6S₂ − 2S₁ and KL''' = −24S₃ + 18S₂ − 2S₁. The fourth derivative of ln KL
 * by x is at most 1.86 in size (found numerically over mixtures of terms 1/(1 + eˣ/c)²), so within {@link #REACH} the
 * polynomial is within 1.86/24 · 0.5⁴ = 0.005 of ln KL, and its root's KL within 1% of the bound.
 */
final class KlExpansion {
  /** Greatest |x − x₀| at which the polynomial is used. */
  static final float REACH = 0.5f;

  /** Number of sums: KL of the free step as stored, S₀, S₁, S₂, S₃, and KL of a step as long as the mean, ½ Σ λμ². */
  static final int SUMS = 6;

  private KlExpansion() {}

  /** Adds a tile's terms, without the factor ½, to the lanes. */
  static void tile(
      FloatArray control,
      FloatArray dual,
      FloatArray mean,
      FloatArray linear,
      FloatArray curvature,
      FloatArray precision,
      DoubleArray lanes,
      int base,
      int t,
      int length) {
    float prior = control.get(ArturoConstants.PRIOR);
    float floor = control.get(ArturoConstants.MIN_CURVATURE);
    float steepest = control.get(ArturoConstants.MAX_GRADIENT);
    float eta = dual.get(DualState.CENTER);
    for (int j = 0; j < length; j++) {
      float h = curvature.get(t + j) + prior;
      float lambda = precision.get(t + j);
      float m = mean.get(t + j);
      float d = WeightMath.slope(h, m, linear.get(t + j), steepest);
      float floored = NanMath.atLeast(h, floor);
      float pull = eta * lambda;
      float inverse = 1f / (floored + pull);
      float w = pull * inverse;
      float free = WeightMath.twiceKl(lambda, WeightMath.stored(m, d / floored));
      float s0 = WeightMath.twiceKl(lambda, d * inverse);
      float s1 = s0 * w;
      float s2 = s1 * w;
      float s3 = s2 * w;
      float whole = WeightMath.twiceKl(lambda, m);
      lanes.set(base + j, lanes.get(base + j) + free);
      lanes.set(base + ChunkLayout.TILE + j, lanes.get(base + ChunkLayout.TILE + j) + s0);
      lanes.set(base + 2 * ChunkLayout.TILE + j, lanes.get(base + 2 * ChunkLayout.TILE + j) + s1);
      lanes.set(base + 3 * ChunkLayout.TILE + j, lanes.get(base + 3 * ChunkLayout.TILE + j) + s2);
      lanes.set(base + 4 * ChunkLayout.TILE + j, lanes.get(base + 4 * ChunkLayout.TILE + j) + s3);
      lanes.set(base + 5 * ChunkLayout.TILE + j, lanes.get(base + 5 * ChunkLayout.TILE + j) + whole);
    }
  }

  /**
   * Solves the polynomial for ln KL = ln ε, with the sums at {@link DualState#KL}.
   *
   * @return the root's η; −1 if there is none within reach
   */
  static float root(FloatArray dual, float bound) {
    float s0 = dual.get(DualState.KL + 1);
    float s1 = dual.get(DualState.KL + 2) / s0;
    float s2 = dual.get(DualState.KL + 3) / s0;
    float s3 = dual.get(DualState.KL + 4) / s0;
    float first = -2f * s1;
    float secondOfKl = 6f * s2 - 2f * s1;
    float second = secondOfKl - first * first;
    float third = -24f * s3 + 18f * s2 - 2f * s1 - 3f * secondOfKl * first + 2f * first * first * first;
    float value = TornadoMath.log(s0 / bound);
    float eta = -1f;
    // Strict comparisons, one by one: TornadoVM 5.2 takes NaN >= 0 for true, and some conditions with && also.
    if (at(-REACH, value, first, second, third) > 0f) {
      if (at(REACH, value, first, second, third) < 0f) {
        float low = -REACH;
        float high = REACH;
        for (int i = 0; i < 24; i++) {
          float x = 0.5f * (low + high);
          if (at(x, value, first, second, third) > 0f) {
            low = x;
          } else {
            high = x;
          }
        }
        eta = dual.get(DualState.CENTER) * TornadoMath.exp(high);
      }
    }
    return eta;
  }

  private static float at(float x, float value, float first, float second, float third) {
    return value + x * (first + x * (0.5f * second + x * (third / 6f)));
  }
}
