// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The kernels of {@link AdaptiveArturo} in {@link KernelShape#CHUNKS}; sums in double, as {@link ChunkTasks} says. */
final class AdaptiveChunks {
  private AdaptiveChunks() {}

  /**
   * Tile by tile, decays the means, updates the filter, {@link AdaptiveFilter#element}, writes the metric, and sums what {@link
   * AdaptiveStep} decides by; nothing if a gradient is not finite.
   *
   * @param sums out: {@link AdaptiveStep#SUMS} values a chunk
   */
  static void filter(
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
      DoubleArray lanes,
      DoubleArray sums,
      int n,
      int chunk,
      int chunks) {
    for (@Parallel int c = 0; c < chunks; c++) {
      if (HessianFilter.finite(notFinite, chunks)) {
        int base = c * Lanes.CHUNK;
        int end = Math.min(n, (c + 1) * chunk);
        Lanes.clear(lanes, base, AdaptiveStep.SUMS * ChunkLayout.TILE);
        for (int t = c * chunk; t < end; t += ChunkLayout.TILE) {
          int length = Math.min(ChunkLayout.TILE, end - t);
          HessianFilter.scale(mean, t, t + length, control.get(AdaptiveConstants.DECAY));
          boolean reports = control.get(AdaptiveConstants.REPORT) != 0f;
          if (reports) {
            innovations(control, scalars, gradients, mean, center, slope, curvature, p00, p01, p11, noise, lanes, base, t, length);
          }
          update(control, scalars, gradients, mean, center, slope, curvature, p00, p01, p11, noise, t, t + length);
          if (reports) {
            ratios(control, slope, curvature, noise, metric, lanes, base, t, length);
          }
          measure(control, mean, slope, curvature, noise, metric, lanes, base, t, length);
        }
        for (int k = 0; k < AdaptiveStep.SUMS; k++) {
          sums.set(c * Lanes.SUMS + k, Lanes.sum(lanes, base + k * ChunkLayout.TILE));
        }
      }
    }
  }

  private static void update(
      FloatArray control,
      FloatArray scalars,
      FloatArray gradients,
      FloatArray mean,
      FloatArray center,
      FloatArray slope,
      FloatArray curvature,
      FloatArray p00,
      FloatArray p01,
      FloatArray p11,
      FloatArray noise,
      int from,
      int to) {
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float inverseUnit = control.get(AdaptiveConstants.INVERSE_UNIT);
    float taken = scalars.get(AdaptiveScalars.TAKEN);
    float started = Math.min(taken, 1f);
    float gain = Math.max(1f / (taken + 1f), AdaptiveConstants.NOISE_GAIN);
    for (int i = from; i < to; i++) {
      AdaptiveFilter.element(
          WeightMath.clamp(mean.get(i), Arturo.MAX_MEAN), WeightMath.clamp(scale * gradients.get(i), Arturo.MAX_GRADIENT),
          center, slope, curvature, p00, p01, p11, noise, i, started, gain, inverseUnit);
    }
  }

  /** Sums the innovations of what {@link #update} is about to do; TornadoVM 5.2 takes no more into one method than this. */
  private static void innovations(
      FloatArray control,
      FloatArray scalars,
      FloatArray gradients,
      FloatArray mean,
      FloatArray center,
      FloatArray slope,
      FloatArray curvature,
      FloatArray p00,
      FloatArray p01,
      FloatArray p11,
      FloatArray noise,
      DoubleArray lanes,
      int base,
      int t,
      int length) {
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float inverseUnit = control.get(AdaptiveConstants.INVERSE_UNIT);
    float taken = scalars.get(AdaptiveScalars.TAKEN);
    float started = Math.min(taken, 1f);
    float gain = Math.max(1f / (taken + 1f), AdaptiveConstants.NOISE_GAIN);
    for (int j = 0; j < length; j++) {
      int i = t + j;
      float innovation =
          AdaptiveFilter.innovation(
              WeightMath.clamp(mean.get(i), Arturo.MAX_MEAN), WeightMath.clamp(scale * gradients.get(i), Arturo.MAX_GRADIENT),
              center, slope, curvature, p00, p01, p11, noise, i, started, gain, inverseUnit);
      int lane = base + AdaptiveStep.INNOVATION * ChunkLayout.TILE + j;
      lanes.set(lane, lanes.get(lane) + innovation);
    }
  }

  /** Sums how the metric changes, before {@link #measure} writes it. */
  private static void ratios(
      FloatArray control,
      FloatArray slope,
      FloatArray curvature,
      FloatArray noise,
      FloatArray metric,
      DoubleArray lanes,
      int base,
      int t,
      int length) {
    float inverseUnit = control.get(AdaptiveConstants.INVERSE_UNIT);
    float byCurvature = control.get(AdaptiveConstants.CURVATURE);
    for (int j = 0; j < length; j++) {
      float h = AdaptiveFilter.metric(slope.get(t + j), curvature.get(t + j), noise.get(t + j), inverseUnit, byCurvature);
      float ratio = AdaptiveStep.ratio(metric.get(t + j), h);
      int lane = base + AdaptiveStep.RATIO * ChunkLayout.TILE + j;
      lanes.set(lane, lanes.get(lane) + ratio);
      lanes.set(lane + ChunkLayout.TILE, lanes.get(lane + ChunkLayout.TILE) + TornadoMath.log(ratio));
    }
  }

  private static void measure(
      FloatArray control,
      FloatArray mean,
      FloatArray slope,
      FloatArray curvature,
      FloatArray noise,
      FloatArray metric,
      DoubleArray lanes,
      int base,
      int t,
      int length) {
    float inverseUnit = control.get(AdaptiveConstants.INVERSE_UNIT);
    float byCurvature = control.get(AdaptiveConstants.CURVATURE);
    for (int j = 0; j < length; j++) {
      metric.set(
          t + j,
          AdaptiveFilter.metric(slope.get(t + j), curvature.get(t + j), noise.get(t + j), inverseUnit, byCurvature));
    }
    for (int j = 0; j < length; j++) {
      float d = slope.get(t + j);
      float h = metric.get(t + j);
      float step = d / h;
      float e = AdaptiveStep.error(mean.get(t + j), step);
      lanes.set(base + j, lanes.get(base + j) + d * step);
      lanes.set(base + ChunkLayout.TILE + j, lanes.get(base + ChunkLayout.TILE + j) + noise.get(t + j) / h);
      lanes.set(base + 2 * ChunkLayout.TILE + j, lanes.get(base + 2 * ChunkLayout.TILE + j) + h);
      lanes.set(base + 3 * ChunkLayout.TILE + j, lanes.get(base + 3 * ChunkLayout.TILE + j) + WeightMath.twiceKl(h, e));
      lanes.set(
          base + 4 * ChunkLayout.TILE + j,
          lanes.get(base + 4 * ChunkLayout.TILE + j) + WeightMath.negative(curvature.get(t + j)));
    }
  }

  /** {@link AdaptiveStep#decide}. One thread. */
  static void decide(
      FloatArray control, FloatArray scalars, FloatArray notFinite, DoubleArray sums, int n, int chunks) {
    for (@Parallel int z = 0; z < 1; z++) {
      float bad = 1f;
      if (HessianFilter.finite(notFinite, chunks)) {
        bad = 0f;
      }
      float metric = total(sums, chunks, 2);
      if (bad == 0f) {
        AdaptiveStep.report(
            control, scalars, total(sums, chunks, 4), total(sums, chunks, AdaptiveStep.RATIO),
            total(sums, chunks, AdaptiveStep.LOG_RATIO), total(sums, chunks, AdaptiveStep.INNOVATION), metric, n);
      }
      AdaptiveStep.decide(
          control, scalars, bad, total(sums, chunks, 0), total(sums, chunks, 1), metric, total(sums, chunks, 3), n);
    }
  }

  private static float total(DoubleArray sums, int chunks, int k) {
    double total = 0.0;
    for (int c = 0; c < chunks; c++) {
      total += sums.get(c * Lanes.SUMS + k);
    }
    return (float) total;
  }

  /**
   * Takes the step, unless it is to be skipped.
   *
   * @param sums out, a value a chunk: Σ λ·step², of the step as it is stored
   */
  static void update(
      FloatArray control,
      FloatArray scalars,
      FloatArray mean,
      FloatArray slope,
      FloatArray metric,
      DoubleArray lanes,
      DoubleArray sums,
      int n,
      int chunk,
      int chunks) {
    for (@Parallel int c = 0; c < chunks; c++) {
      int base = c * Lanes.CHUNK;
      Lanes.clear(lanes, base, ChunkLayout.TILE);
      if (scalars.get(AdaptiveScalars.SKIP) == 0f) {
        float factor = scalars.get(AdaptiveScalars.FACTOR);
        int end = Math.min(n, (c + 1) * chunk);
        for (int t = c * chunk; t < end; t += ChunkLayout.TILE) {
          int length = Math.min(ChunkLayout.TILE, end - t);
          if (control.get(AdaptiveConstants.REPORT) != 0f) {
            kl(factor, 1f / scalars.get(AdaptiveScalars.WEIGHT), mean, slope, metric, lanes, base, t, length);
          }
          step(factor, mean, slope, metric, t, t + length);
        }
      }
      sums.set(c * Lanes.SUMS, Lanes.sum(lanes, base));
    }
  }

  private static void step(float factor, FloatArray mean, FloatArray slope, FloatArray metric, int from, int to) {
    for (int i = from; i < to; i++) {
      mean.set(i, mean.get(i) - factor * slope.get(i) / metric.get(i));
    }
  }

  /** Adds twice the KL of a step as it is stored to the lanes. */
  private static void kl(
      float factor,
      float inverseWeight,
      FloatArray mean,
      FloatArray slope,
      FloatArray metric,
      DoubleArray lanes,
      int base,
      int t,
      int length) {
    for (int j = 0; j < length; j++) {
      float h = metric.get(t + j);
      float step = WeightMath.stored(mean.get(t + j), factor * slope.get(t + j) / h);
      lanes.set(base + j, lanes.get(base + j) + WeightMath.twiceKl(h * inverseWeight, step));
    }
  }

  /** {@link AdaptiveStep#close}. One thread. */
  static void close(FloatArray control, FloatArray scalars, DoubleArray sums, int chunks) {
    for (@Parallel int z = 0; z < 1; z++) {
      AdaptiveStep.close(control, scalars, total(sums, chunks, 0));
    }
  }
}
