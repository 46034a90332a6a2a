// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Evaluates KL_mean(η) = ½ Σ λ d² / (ĥ + ηλ)² at several η in one pass over memory, with d = (q + w·p₀)μ + l and
 * ĥ = max(q + w·p₀, minCurvature); Dahlinger et al. (arXiv 2310.20574), the dual of the trust region. Where rounding
 * matters ({@link DualState#ROUNDED}), it is the KL of the means as they would be stored.
 */
final class KlLadder {
  private KlLadder() {}

  /**
   * A pass of its own, for the rounds that the steady state does not need; idle once η is found.
   *
   * @param control see {@link ArturoConstants}
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
        chunk(control, dual, mean, linear, curvature, precision, lanes, sums, n, chunk, c, points);
      }
    }
  }

  /** The further rounds of {@link RoundedSearch}, which hardly any step needs: one thread walks all chunks. */
  static void finish(
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
    for (@Parallel int z = 0; z < 1; z++) {
      for (int round = LadderSearch.ROUNDS + 1; round <= RoundedSearch.ROUNDS; round++) {
        if (dual.get(DualState.SOLVED) == 0f) {
          for (int c = 0; c < chunks; c++) {
            chunk(control, dual, mean, linear, curvature, precision, lanes, sums, n, chunk, c, DualState.POINTS);
          }
          LadderSearch.gather(dual, sums, chunks);
          RoundedSearch.next(control, dual, round);
        }
      }
    }
  }

  private static void chunk(
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
      int c,
      int points) {
    int base = c * Lanes.CHUNK;
    int end = Math.min(n, (c + 1) * chunk);
    Lanes.clear(lanes, base, points * ChunkLayout.TILE);
    for (int t = c * chunk; t < end; t += ChunkLayout.TILE) {
      int length = Math.min(ChunkLayout.TILE, end - t);
      tile(control, dual, mean, linear, curvature, precision, lanes, base, t, length, points);
    }
    total(lanes, sums, base, c, points);
  }

  /** Adds a tile's terms to the lanes. */
  private static void tile(
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
    float prior = control.get(ArturoConstants.PRIOR);
    float floor = control.get(ArturoConstants.MIN_CURVATURE);
    float steepest = control.get(ArturoConstants.MAX_GRADIENT);
    for (int k = 0; k < points; k++) {
      float eta = dual.get(DualState.LADDER + k);
      int lane = base + k * ChunkLayout.TILE;
      if (dual.get(DualState.ROUNDED) == 0f) {
        add(mean, linear, curvature, precision, lanes, lane, t, length, prior, floor, steepest, eta);
      } else {
        addStored(mean, linear, curvature, precision, lanes, lane, t, length, prior, floor, steepest, eta);
      }
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
      float steepest,
      float eta) {
    for (int j = 0; j < length; j++) {
      float h = curvature.get(t + j) + prior;
      float lambda = precision.get(t + j);
      float d = WeightMath.slope(h, mean.get(t + j), linear.get(t + j), steepest);
      float step = d / (NanMath.atLeast(h, floor) + eta * lambda);
      lanes.set(base + j, lanes.get(base + j) + WeightMath.twiceKl(lambda, step));
    }
  }

  private static void addStored(
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
      float steepest,
      float eta) {
    for (int j = 0; j < length; j++) {
      float h = curvature.get(t + j) + prior;
      float lambda = precision.get(t + j);
      float m = mean.get(t + j);
      float d = WeightMath.slope(h, m, linear.get(t + j), steepest);
      float step = WeightMath.stored(m, d / (NanMath.atLeast(h, floor) + eta * lambda));
      lanes.set(base + j, lanes.get(base + j) + WeightMath.twiceKl(lambda, step));
    }
  }

  /** Writes the chunk's KL at each point. */
  static void total(DoubleArray lanes, DoubleArray sums, int base, int c, int points) {
    for (int k = 0; k < points; k++) {
      sums.set(c * Lanes.SUMS + k, 0.5 * Lanes.sum(lanes, base + k * ChunkLayout.TILE));
    }
  }
}
