// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The step of the Gaussians N(μ, 1/λ), given η: μ' = μ − d/(ĥ + ηλ), λ' = (ĥ + νλ)/(w + ν), with d and ĥ as in
 * {@link KlLadder}; Dahlinger et al. (arXiv 2310.20574). Sums what the step report tells on the way: the KL is that of the
 * means as they are stored.
 */
final class GaussianUpdate {
  private GaussianUpdate() {}

  /**
   * Takes the step, unless it is to be skipped.
   *
   * @param sums out, three values a chunk: KL of the means' step in nats, the number of negative q, and KL of the precisions'
   */
  static void update(
      FloatArray control,
      FloatArray dual,
      FloatArray mean,
      FloatArray linear,
      FloatArray curvature,
      FloatArray precision,
      DoubleArray lanes,
      DoubleArray sums,
      int n,
      int chunk,
      int chunks) {
    for (@Parallel int c = 0; c < chunks; c++) {
      int base = c * Lanes.CHUNK;
      Lanes.clear(lanes, base, 3 * ChunkLayout.TILE);
      if (dual.get(DualState.SKIP) == 0f) {
        int end = Math.min(n, (c + 1) * chunk);
        for (int t = c * chunk; t < end; t += ChunkLayout.TILE) {
          int length = Math.min(ChunkLayout.TILE, end - t);
          if (control.get(ArturoConstants.REPORT) != 0f) {
            report(control, dual, mean, linear, curvature, precision, lanes, base, t, length);
          }
          step(control, dual, mean, linear, curvature, precision, t, t + length);
        }
      }
      sums.set(c * Lanes.SUMS, 0.5 * Lanes.sum(lanes, base));
      sums.set(c * Lanes.SUMS + 1, Lanes.sum(lanes, base + ChunkLayout.TILE));
      sums.set(c * Lanes.SUMS + 2, 0.5 * Lanes.sum(lanes, base + 2 * ChunkLayout.TILE));
    }
  }

  private static void report(
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
    float eta = dual.get(DualState.ETA);
    float nu = control.get(ArturoConstants.NU);
    float weight = control.get(ArturoConstants.REG_WEIGHT) + nu;
    float min = control.get(ArturoConstants.MIN_PRECISION);
    float max = control.get(ArturoConstants.MAX_PRECISION);
    for (int j = 0; j < length; j++) {
      float q = curvature.get(t + j);
      float h = q + prior;
      float lambda = precision.get(t + j);
      float m = mean.get(t + j);
      float d = WeightMath.slope(h, m, linear.get(t + j), steepest);
      float floored = NanMath.atLeast(h, floor);
      float step = WeightMath.stored(m, d / (floored + eta * lambda));
      float after = precision(floored, lambda, nu, weight, min, max);
      lanes.set(base + j, lanes.get(base + j) + WeightMath.twiceKl(lambda, step));
      lanes.set(base + ChunkLayout.TILE + j, lanes.get(base + ChunkLayout.TILE + j) + WeightMath.negative(q));
      lanes.set(
          base + 2 * ChunkLayout.TILE + j,
          lanes.get(base + 2 * ChunkLayout.TILE + j) + WeightMath.twiceKlOfPrecision(lambda, after));
    }
  }

  private static void step(
      FloatArray control,
      FloatArray dual,
      FloatArray mean,
      FloatArray linear,
      FloatArray curvature,
      FloatArray precision,
      int from,
      int to) {
    float prior = control.get(ArturoConstants.PRIOR);
    float floor = control.get(ArturoConstants.MIN_CURVATURE);
    float nu = control.get(ArturoConstants.NU);
    float weight = control.get(ArturoConstants.REG_WEIGHT) + nu;
    float min = control.get(ArturoConstants.MIN_PRECISION);
    float max = control.get(ArturoConstants.MAX_PRECISION);
    float steepest = control.get(ArturoConstants.MAX_GRADIENT);
    float eta = dual.get(DualState.ETA);
    for (int i = from; i < to; i++) {
      element(
          mean.get(i), mean, linear, curvature, precision, i, prior, floor, nu, weight, min, max, steepest, eta);
    }
  }

  /** The step of weight i, whose decayed mean is m. */
  static void element(
      float m,
      FloatArray mean,
      FloatArray linear,
      FloatArray curvature,
      FloatArray precision,
      int i,
      float prior,
      float floor,
      float nu,
      float weight,
      float min,
      float max,
      float steepest,
      float eta) {
    float h = curvature.get(i) + prior;
    float d = WeightMath.slope(h, m, linear.get(i), steepest);
    float floored = NanMath.atLeast(h, floor);
    float lambda = precision.get(i);
    mean.set(i, m - d / (floored + eta * lambda));
    precision.set(i, precision(floored, lambda, nu, weight, min, max));
  }

  /** λ' = (ĥ + νλ)/(w + ν), in its limits. */
  static float precision(float floored, float lambda, float nu, float weight, float min, float max) {
    return NanMath.atMost(NanMath.atLeast((floored + nu * lambda) / weight, min), max);
  }
}
