// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Recursive least squares for the linear term l and the Hessian diagonal q of a quadratic model of the loss, from the
 * gradient g at the mean μ: a Kalman filter for each parameter with state (l, q) and feature vector (1, μ);
 * Dahlinger et al. (arXiv 2310.20574). With a += Q, c += Q, u = a + bμ, v = b + cμ, s = u + vμ + R and δ = g − l − qμ:
 * l += uδ/s, q += vδ/s, a −= u²/s, b −= uv/s, c −= v²/s.
 *
 * <p>In exact arithmetic s ≥ R, a ≥ 0, c ≥ 0 and b² ≤ ac. In float a weight of 100 and more can break that, and then
 * the filter diverges; so {@link Mode#ROBUST} enforces it, and limits what goes in and what comes out to sizes whose
 * products are floats ({@link Arturo}).
 *
 * <p>In the same pass over memory, tile by tile, it sums what {@link KlExpansion} makes of the trust region's KL.
 */
final class HessianFilter {
  /** Greatest correlation of l and q: as near to 1 as rounding leaves certain that it is no more. */
  private static final float CORRELATION = 1f - 4f / (1 << 24);

  private HessianFilter() {}

  /**
   * Updates the filter with one gradient, decays the mean, and sums the terms of the expansion. Does nothing if a
   * gradient is not finite.
   *
   * @param control see {@link ArturoConstants}
   * @param dual see {@link DualState}
   * @param notFinite of {@link GradientScan}
   * @param gradients n values, as the others up to {@code precision}
   * @param sums out: {@link KlExpansion#SUMS} values a chunk, and, if the step is to be reported, half the sum of δ²/s
   * @param expand 1 for the sums of the expansion, 0 for none
   */
  static void update(
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
      DoubleArray lanes,
      DoubleArray sums,
      int n,
      int chunk,
      int chunks,
      int expand) {
    for (@Parallel int c = 0; c < chunks; c++) {
      if (finite(notFinite, chunks)) {
        int base = c * Lanes.CHUNK;
        int end = Math.min(n, (c + 1) * chunk);
        Lanes.clear(lanes, base, (KlExpansion.SUMS + 1) * ChunkLayout.TILE);
        for (int t = c * chunk; t < end; t += ChunkLayout.TILE) {
          int length = Math.min(ChunkLayout.TILE, end - t);
          scale(mean, t, t + length, control.get(ArturoConstants.DECAY));
          if (control.get(ArturoConstants.REPORT) == 0f) {
            tile(control, dual, gradients, mean, linear, curvature, p00, p01, p11, t, t + length);
          } else {
            reportTile(control, dual, gradients, mean, linear, curvature, p00, p01, p11, lanes, base, t, length);
          }
          scale(mean, t, t + length, control.get(ArturoConstants.UNDO_DECAY));
          if (expand == 1) {
            KlExpansion.tile(control, dual, mean, linear, curvature, precision, lanes, base, t, length);
          }
        }
        KlLadder.total(lanes, sums, base, c, KlExpansion.SUMS + 1);
      }
    }
  }

  /** Whether every chunk's gradients are finite; with no chunks to look at, they are taken to be. */
  static boolean finite(FloatArray notFinite, int chunks) {
    float sum = 0f;
    for (int c = 0; c < chunks; c++) {
      sum += notFinite.get(c);
    }
    return sum == 0f;
  }

  private static void tile(
      FloatArray control,
      FloatArray dual,
      FloatArray gradients,
      FloatArray mean,
      FloatArray linear,
      FloatArray curvature,
      FloatArray p00,
      FloatArray p01,
      FloatArray p11,
      int from,
      int to) {
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float noise = control.get(ArturoConstants.DYNAMIC_MODEL_NOISE);
    float measurementNoise = control.get(ArturoConstants.MEASUREMENT_NOISE);
    float minInnovationVariance = control.get(ArturoConstants.MIN_INNOVATION_VARIANCE);
    float minVariance = control.get(ArturoConstants.MIN_VARIANCE);
    float max = control.get(ArturoConstants.MAX_MEAN);
    float steepest = control.get(ArturoConstants.MAX_GRADIENT);
    float maxCurvature = control.get(ArturoConstants.MAX_CURVATURE);
    float maxVariance = control.get(ArturoConstants.MAX_VARIANCE);
    float slack = control.get(ArturoConstants.COVARIANCE_SLACK);
    float started = dual.get(DualState.STARTED); // the first gradient is the first linear term
    for (int i = from; i < to; i++) {
      element(
          WeightMath.clamp(mean.get(i), max),
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
    }
  }

  /** The same, which sums δ²/s: a loop of its own, as this one C2 does not vectorise. */
  private static void reportTile(
      FloatArray control,
      FloatArray dual,
      FloatArray gradients,
      FloatArray mean,
      FloatArray linear,
      FloatArray curvature,
      FloatArray p00,
      FloatArray p01,
      FloatArray p11,
      DoubleArray lanes,
      int base,
      int t,
      int length) {
    int lane = base + KlExpansion.SUMS * ChunkLayout.TILE;
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float noise = control.get(ArturoConstants.DYNAMIC_MODEL_NOISE);
    float measurementNoise = control.get(ArturoConstants.MEASUREMENT_NOISE);
    float minInnovationVariance = control.get(ArturoConstants.MIN_INNOVATION_VARIANCE);
    float minVariance = control.get(ArturoConstants.MIN_VARIANCE);
    float max = control.get(ArturoConstants.MAX_MEAN);
    float steepest = control.get(ArturoConstants.MAX_GRADIENT);
    float maxCurvature = control.get(ArturoConstants.MAX_CURVATURE);
    float maxVariance = control.get(ArturoConstants.MAX_VARIANCE);
    float slack = control.get(ArturoConstants.COVARIANCE_SLACK);
    float started = dual.get(DualState.STARTED); // the first gradient is the first linear term
    for (int j = 0; j < length; j++) {
      int i = t + j;
      float normalised =
          element(
          WeightMath.clamp(mean.get(i), max),
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
      lanes.set(lane + j, lanes.get(lane + j) + normalised);
    }
  }

  /** Multiplies the means; apart from the filter's loop, which C2 does not vectorise if it writes them. */
  static void scale(FloatArray mean, int from, int to, float factor) {
    if (factor != 1f) {
      for (int i = from; i < to; i++) {
        mean.set(i, mean.get(i) * factor);
      }
    }
  }

  /**
   * The filter of weight i, all at once, so that nothing is computed or read twice. What is loaded is used in one place
   * only: C2 pairs two like uses of a load (two products, say) wrongly, and then vectorises nothing.
   *
   * @param m its decayed mean, limited in size
   * @param g its gradient, scaled and limited in size
   * @return δ²/s, whose mean is 1 if the filter's variances are those of the gradients
   */
  static float element(
      float m,
      float g,
      FloatArray linear,
      FloatArray curvature,
      FloatArray p00,
      FloatArray p01,
      FloatArray p11,
      int i,
      float noise,
      float measurementNoise,
      float minInnovationVariance,
      float minVariance,
      float steepest,
      float maxCurvature,
      float maxVariance,
      float slack,
      float started) {
    float l = started * linear.get(i) + (1f - started) * g;
    float q = curvature.get(i);
    float a = NanMath.atMost(p00.get(i) + noise, maxVariance);
    float b = p01.get(i);
    float c = NanMath.atMost(p11.get(i) + noise, maxVariance);
    float u = a + b * m;
    float v = b + c * m;
    // With NanMath here C2 does not vectorise the loop; on devices that lose a NaN here, u or v has it still.
    float inverse = 1f / Math.max(u + v * m + measurementNoise, minInnovationVariance);
    float error = g - l - q * m;
    float innovation = error * inverse;
    float nextA = NanMath.atLeast(a - u * u * inverse, minVariance);
    float nextC = NanMath.atLeast(c - v * v * inverse, minVariance);
    float maxCovariance = CORRELATION * TornadoMath.sqrt(TornadoMath.abs(nextA * nextC)) + slack;
    linear.set(i, WeightMath.clamp(l + u * innovation, steepest));
    curvature.set(i, WeightMath.clamp(q + v * innovation, maxCurvature));
    p00.set(i, nextA);
    p01.set(i, WeightMath.clamp(b - u * v * inverse, maxCovariance));
    p11.set(i, nextC);
    return error * innovation;
  }
}
