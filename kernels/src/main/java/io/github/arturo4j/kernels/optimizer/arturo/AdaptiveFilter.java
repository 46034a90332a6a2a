// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * One weight's part of a step of {@link AdaptiveArturo}, for kernels of both shapes ({@link KernelShape}).
 *
 * <p>The filter is that of {@link HessianFilter}, written in other coordinates: its states are the curvature q and the
 * gradient d = l + qμ where the mean is, and not l, where it would be at μ = 0. When the mean moves by Δ, d moves by qΔ.
 * The covariances are in units of the noise's variance R, those of q per ρ, so that they are of the order of 1 whatever
 * the loss and the weight. With x = Δ/ρ: a += 2bx + cx² + drift, b += cx, c += drift; S = a + 1; the innovation is
 * δ = g − d − qΔ; d += qΔ + δa/S, q += δb/(Sρ), a −= a²/S, b −= ab/S, c −= b²/S. R is the mean of δ², in time an
 * exponential one (adaptive estimation from innovations: Mehra, IEEE Trans. Automatic Control 15, 1970).
 *
 * <p>The first gradient is taken as it is: the limit of a filter that knows nothing of d before.
 */
final class AdaptiveFilter {
  /** Greatest correlation of d and q, see {@link HessianFilter}. */
  private static final float CORRELATION = 1f - 4f / (1 << 24);

  private AdaptiveFilter() {}

  /**
   * The filter of weight i.
   *
   * @param m its decayed mean, limited in size
   * @param g its gradient, scaled and limited in size
   * @param started 0 in the first step, then 1
   * @param gain share of the new innovation in the noise's variance
   * @param inverseUnit 1/ρ
   */
  static void element(
      float m,
      float g,
      FloatArray center,
      FloatArray slope,
      FloatArray curvature,
      FloatArray p00,
      FloatArray p01,
      FloatArray p11,
      FloatArray noise,
      int i,
      float started,
      float gain,
      float inverseUnit) {
    float delta = started * (m - center.get(i));
    float x = WeightMath.clamp(delta * inverseUnit, AdaptiveConstants.MAX_STEP);
    float q = curvature.get(i);
    float predicted = WeightMath.clamp(slope.get(i) + q * delta, Arturo.MAX_GRADIENT);
    float innovation = g - predicted;
    float r = noise.get(i);
    float newNoise = NanMath.atLeast(r + gain * (innovation * innovation - r), AdaptiveConstants.MIN_NOISE);
    float c = NanMath.atMost(p11.get(i) + AdaptiveConstants.CURVATURE_DRIFT, AdaptiveConstants.CURVATURE_VARIANCE);
    float b = p01.get(i);
    float moved = b + c * x;
    float a = NanMath.atLeast(p00.get(i) + x * (b + moved), 0f) + AdaptiveConstants.DRIFT;
    float inverse = started / (a + 1f);
    float share = a * inverse + (1f - started);
    float nextC = NanMath.atLeast(c - moved * moved * inverse, 0f);
    float limit = CORRELATION * TornadoMath.sqrt(share * nextC);
    float first = (1f - started) * AdaptiveConstants.INITIAL_CURVATURE * TornadoMath.sqrt(newNoise);
    float nextQ = q + (moved * inverse * innovation + first) * inverseUnit;
    center.set(i, m);
    slope.set(i, WeightMath.clamp(flushed(predicted + share * innovation), Arturo.MAX_GRADIENT));
    curvature.set(i, WeightMath.clamp(flushed(nextQ), AdaptiveConstants.MAX_CURVATURE));
    p00.set(i, share);
    p01.set(i, WeightMath.clamp(moved * inverse, limit));
    p11.set(i, nextC);
    noise.set(i, newNoise);
  }

  /** The value, or 0 if it is less than 10⁻¹⁹ or so: a mean of zeros would become subnormal, with which processors are slow. */
  private static float flushed(float value) {
    return (value + AdaptiveConstants.FLUSH) - AdaptiveConstants.FLUSH;
  }

  /**
   * δ²/(SR) of weight i, before {@link #element}, whose parameters these are: its mean is about 1 if the filter's drift is that of
   * the gradients. On its own, since C2 inlines no method that is much larger than that one.
   */
  static float innovation(
      float m,
      float g,
      FloatArray center,
      FloatArray slope,
      FloatArray curvature,
      FloatArray p00,
      FloatArray p01,
      FloatArray p11,
      FloatArray noise,
      int i,
      float started,
      float gain,
      float inverseUnit) {
    float delta = started * (m - center.get(i));
    float x = WeightMath.clamp(delta * inverseUnit, AdaptiveConstants.MAX_STEP);
    float innovation = g - WeightMath.clamp(slope.get(i) + curvature.get(i) * delta, Arturo.MAX_GRADIENT);
    float square = innovation * innovation;
    float newNoise = noise.get(i) + gain * (square - noise.get(i));
    float c = NanMath.atMost(p11.get(i) + AdaptiveConstants.CURVATURE_DRIFT, AdaptiveConstants.CURVATURE_VARIANCE);
    float a = NanMath.atLeast(p00.get(i) + x * (2f * p01.get(i) + c * x), 0f) + AdaptiveConstants.DRIFT;
    return square / ((1f + started * a) * NanMath.atLeast(newNoise, Float.MIN_NORMAL));
  }

  /**
   * ĥ, by which a step is divided: the curvature, but at least a share of what the noise and the gradient suggest, or that
   * alone.
   */
  static float metric(float slope, float curvature, float noise, float inverseUnit, float byCurvature) {
    float suggested = TornadoMath.sqrt(noise + slope * slope) * inverseUnit;
    float floor = suggested * (1f - byCurvature * (1f - AdaptiveConstants.FLOOR));
    return NanMath.atLeast(TornadoMath.max(byCurvature * curvature, floor), AdaptiveConstants.MIN_METRIC);
  }
}
