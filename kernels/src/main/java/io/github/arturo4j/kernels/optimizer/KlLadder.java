// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.NanMath;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Evaluates KL_mean(η) = ½ Σ λ d² / (ĥ + ηλ)² at several η in one pass over memory, with d = (q + w·p₀)μ + l and
 * ĥ = max(q + w·p₀, minCurvature); Dahlinger et al. (arXiv 2310.20574), the dual of the trust region.
 */
final class KlLadder {
  private KlLadder() {}

  /**
   * A pass of its own, for the rounds that the steady state does not need; idle once η is found.
   *
   * @param control see {@link Control}
   * @param dual see {@link DualState}; the η are at {@link DualState#LADDER}
   * @param mean n values, as the others up to {@code precision}
   * @param sums out: {@code points} values a chunk
   */
  static void evaluate(
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
      int chunks,
      int points) {
    for (@Parallel int c = 0; c < chunks; c++) {
      if (dual.get(DualState.SOLVED) == 0f) {
        int base = c * DualState.POINTS * Partition.TILE;
        int end = Math.min(n, (c + 1) * chunk);
        Lanes.clear(lanes, base, points * Partition.TILE);
        for (int t = c * chunk; t < end; t += Partition.TILE) {
          int length = Math.min(Partition.TILE, end - t);
          tile(control, dual, mean, linear, curvature, precision, lanes, base, t, length, points);
        }
        total(lanes, sums, base, c, points);
      }
    }
  }

  /** Adds a tile's terms to the lanes. */
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
      int length,
      int points) {
    float prior = control.get(Control.PRIOR);
    float floor = control.get(Control.MIN_CURVATURE);
    for (int k = 0; k < points; k++) {
      float eta = dual.get(DualState.LADDER + k);
      add(mean, linear, curvature, precision, lanes, base + k * Partition.TILE, t, length, prior, floor, eta);
    }
  }

  private static void add(
      FloatArray mean,
      FloatArray linear,
      FloatArray curvature,
      FloatArray precision,
      DoubleArray lanes,
      int base,
      int t,
      int length,
      float prior,
      float floor,
      float eta) {
    for (int j = 0; j < length; j++) {
      float h = curvature.get(t + j) + prior;
      float lambda = precision.get(t + j);
      float d = Coordinate.slope(h, mean.get(t + j), linear.get(t + j));
      float step = d / (NanMath.atLeast(h, floor) + eta * lambda);
      lanes.set(base + j, lanes.get(base + j) + Coordinate.twiceKl(lambda, step));
    }
  }

  /** Writes the chunk's KL at each point. */
  static void total(DoubleArray lanes, DoubleArray sums, int base, int c, int points) {
    for (int k = 0; k < points; k++) {
      sums.set(c * DualState.POINTS + k, 0.5 * Lanes.sum(lanes, base + k * Partition.TILE));
    }
  }
}
