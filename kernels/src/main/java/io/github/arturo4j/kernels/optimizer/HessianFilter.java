// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Recursive least squares for the linear term l and the Hessian diagonal q of a quadratic model of the loss, from the
 * gradient g at the mean μ: a Kalman filter for each parameter with state (l, q) and feature vector (1, μ);
 * Dahlinger et al. (arXiv 2310.20574). With a += Q, c += Q, u = a + bμ, v = b + cμ, s = u + vμ + R and δ = g − l − qμ:
 * l += uδ/s, q += vδ/s, a −= u²/s, b −= uv/s, c −= v²/s.
 *
 * <p>In the same pass over memory, tile by tile, it evaluates the trust region's KL at the ladder of the steady state.
 */
final class HessianFilter {
  private HessianFilter() {}

  /**
   * Updates the filter with one gradient, decays the mean, and evaluates {@code points} η of the ladder. Does nothing
   * if a gradient is not finite.
   *
   * @param control see {@link Control}
   * @param dual see {@link DualState}
   * @param notFinite of {@link GradientScan}
   * @param gradients n values, as the others up to {@code precision}
   * @param sums out: {@code points} values of KL_mean a chunk
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
      int points) {
    for (@Parallel int c = 0; c < chunks; c++) {
      if (finite(notFinite, chunks)) {
        int base = c * DualState.POINTS * Partition.TILE;
        int end = Math.min(n, (c + 1) * chunk);
        Lanes.clear(lanes, base, points * Partition.TILE);
        for (int t = c * chunk; t < end; t += Partition.TILE) {
          int length = Math.min(Partition.TILE, end - t);
          state(control, dual, gradients, mean, linear, curvature, p00, p01, p11, t, t + length);
          covariance(control, mean, p00, p01, p11, t, t + length);
          KlLadder.tile(control, dual, mean, linear, curvature, precision, lanes, base, t, length, points);
        }
        KlLadder.total(lanes, sums, base, c, points);
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

  private static void state(
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
    float decay = control.get(Control.FILTER_DECAY);
    float noise = control.get(Control.DYNAMIC_MODEL_NOISE);
    float measurementNoise = control.get(Control.MEASUREMENT_NOISE);
    float started = dual.get(DualState.STARTED); // the first gradient is the first linear term
    for (int i = from; i < to; i++) {
      float m = mean.get(i) * decay;
      float g = gradients.get(i);
      float q = curvature.get(i);
      float l = started * linear.get(i) + (1f - started) * g;
      float b = p01.get(i);
      float u = p00.get(i) + noise + b * m;
      float v = b + (p11.get(i) + noise) * m;
      float innovation = (g - l - q * m) / (u + v * m + measurementNoise);
      linear.set(i, l + u * innovation);
      curvature.set(i, q + v * innovation);
    }
  }

  private static void covariance(
      FloatArray control, FloatArray mean, FloatArray p00, FloatArray p01, FloatArray p11, int from, int to) {
    float filterDecay = control.get(Control.FILTER_DECAY);
    float meanDecay = control.get(Control.MEAN_DECAY);
    float noise = control.get(Control.DYNAMIC_MODEL_NOISE);
    float measurementNoise = control.get(Control.MEASUREMENT_NOISE);
    for (int i = from; i < to; i++) {
      float m = mean.get(i) * filterDecay;
      float a = p00.get(i) + noise;
      float b = p01.get(i);
      float c = p11.get(i) + noise;
      float u = a + b * m;
      float v = b + c * m;
      float inverse = 1f / (u + v * m + measurementNoise);
      p00.set(i, a - u * u * inverse);
      p01.set(i, b - u * v * inverse);
      p11.set(i, c - v * v * inverse);
      mean.set(i, mean.get(i) * meanDecay);
    }
  }
}
