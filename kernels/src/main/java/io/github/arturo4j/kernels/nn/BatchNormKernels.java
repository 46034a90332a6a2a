// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Batch normalisation of NCHW images (Ioffe and Szegedy, ICML 2015), forward. While training, mean and variance of a
 * channel are those of the batch's valid images; padding rows are normalised like the others, and count for nothing.
 *
 * <p>Each array is read as [batch, size], size being channels · pixels, so that neighbouring threads read neighbouring
 * values however few pixels there are. The statistics take two tasks: {@link #moments} of groups of {@link #GROUP}
 * images, pixel by pixel, and {@link #statistics}, which merges them per channel. Mean and squared deviations of parts
 * are merged as by Chan, Golub and LeVeque (1979): nothing is cancelled, however far the mean is from 0.
 *
 * <p>What the normalisation needs is laid out per pixel, in {@code coefficients}: means, then scales
 * (weight / deviation), then shifts (bias), {@code size} values each, then 1 / deviation of each channel.
 */
public final class BatchNormKernels {
  /** Images that are reduced together. */
  static final int GROUP = 8;

  /** Weight of a batch in the running statistics, PyTorch's default. */
  private static final float MOMENTUM = 0.1f;

  /** Added to a variance before the root, PyTorch's default. */
  static final float EPSILON = 1e-5f;

  private BatchNormKernels() {}

  /** Groups of a batch. */
  public static int groups(int batch) {
    return (batch + GROUP - 1) / GROUP;
  }

  /** Values of {@code coefficients}. */
  public static int coefficients(int channels, int pixels) {
    return 3 * channels * pixels + channels;
  }

  /** 1 for a valid image, 0 for a padding row. */
  static int valid(int image, int count) {
    return TornadoMath.min(1, TornadoMath.max(0, count - image));
  }

  /**
   * Mean and sum of squared deviations of each group's valid images, at each pixel.
   *
   * @param x [batch, size]
   * @param control a {@link BatchControl}
   * @param moments [groups, 2, size]
   */
  public static void moments(FloatArray x, IntArray control, FloatArray moments, int batch, int size) {
    for (@Parallel int g = 0; g < (batch + GROUP - 1) / GROUP; g++) {
      for (@Parallel int j = 0; j < (size & LoopGrid.ANY); j++) {
        int first = g * GROUP;
        int last = batch - 1;
        int count = control.get(BatchControl.COUNT);
        float x0 = x.get(first * size + j);
        float x1 = x.get(TornadoMath.min(first + 1, last) * size + j);
        float x2 = x.get(TornadoMath.min(first + 2, last) * size + j);
        float x3 = x.get(TornadoMath.min(first + 3, last) * size + j);
        float x4 = x.get(TornadoMath.min(first + 4, last) * size + j);
        float x5 = x.get(TornadoMath.min(first + 5, last) * size + j);
        float x6 = x.get(TornadoMath.min(first + 6, last) * size + j);
        float x7 = x.get(TornadoMath.min(first + 7, last) * size + j);
        int w0 = valid(first, count);
        int w1 = valid(first + 1, count);
        int w2 = valid(first + 2, count);
        int w3 = valid(first + 3, count);
        int w4 = valid(first + 4, count);
        int w5 = valid(first + 5, count);
        int w6 = valid(first + 6, count);
        int w7 = valid(first + 7, count);
        float share = 1f / TornadoMath.max(1, w0 + w1 + w2 + w3 + w4 + w5 + w6 + w7);
        float mean =
            (x0 * w0 + x1 * w1 + (x2 * w2 + x3 * w3) + (x4 * w4 + x5 * w5 + (x6 * w6 + x7 * w7))) * share;
        float d0 = x0 - mean;
        float d1 = x1 - mean;
        float d2 = x2 - mean;
        float d3 = x3 - mean;
        float d4 = x4 - mean;
        float d5 = x5 - mean;
        float d6 = x6 - mean;
        float d7 = x7 - mean;
        moments.set(2 * g * size + j, mean);
        moments.set(
            (2 * g + 1) * size + j,
            d0 * d0 * w0 + d1 * d1 * w1 + (d2 * d2 * w2 + d3 * d3 * w3)
                + (d4 * d4 * w4 + d5 * d5 * w5 + (d6 * d6 * w6 + d7 * d7 * w7)));
      }
    }
  }

  /**
   * Merges the groups, and moves the running statistics: as in PyTorch, the biased variance normalises, the unbiased
   * one goes into the running variance (of a single value, 0). A thread a channel; GPUs have
   * {@link ChannelGroups#statistics}.
   *
   * @param moments [groups, 2, size], see {@link #moments}
   * @param parameters holds weight and bias of each channel from {@code weight} and {@code bias} on
   * @param buffers holds the running means and variances from {@code mean} and {@code variance} on
   * @param coefficients see above
   */
  public static void statistics(
      FloatArray moments, FloatArray parameters, FloatArray buffers, IntArray control, FloatArray coefficients,
      int weight, int bias, int mean, int variance, int groups, int channels, int pixels) {
    for (@Parallel int c = 0; c < channels; c++) {
      int size = channels * pixels;
      int count = control.get(BatchControl.COUNT);
      float values = count * pixels;
      float sum = 0f;
      for (int p = 0; p < pixels; p++) {
        float part = 0f;
        for (int g = 0; g < groups; g++) {
          part += images(g, count) * moments.get(2 * g * size + c * pixels + p);
        }
        sum += part;
      }
      float batchMean = sum / values;
      float squares = 0f;
      for (int p = 0; p < pixels; p++) {
        float part = 0f;
        for (int g = 0; g < groups; g++) {
          float d = moments.get(2 * g * size + c * pixels + p) - batchMean;
          part += moments.get((2 * g + 1) * size + c * pixels + p) + images(g, count) * d * d;
        }
        squares += part;
      }
      float unbiased = squares / TornadoMath.max(1f, values - 1f);
      move(buffers, mean + c, batchMean);
      move(buffers, variance + c, unbiased);
      float inverse = 1f / TornadoMath.sqrt(squares / values + EPSILON);
      float scale = parameters.get(weight + c) * inverse;
      float shift = parameters.get(bias + c);
      for (int p = 0; p < pixels; p++) {
        coefficients.set(c * pixels + p, batchMean);
        coefficients.set(size + c * pixels + p, scale);
        coefficients.set(2 * size + c * pixels + p, shift);
      }
      coefficients.set(3 * size + c, inverse);
    }
  }

  /** Moves a running statistic by that of a batch. */
  static void move(FloatArray buffers, int at, float batch) {
    buffers.set(at, kept(buffers.get(at)) + MOMENTUM * batch);
  }

  /** What a move leaves of a running statistic; 0 that is moved is what the batch adds. */
  public static float kept(float running) {
    return running - MOMENTUM * running;
  }

  /** Valid images of a group. */
  static float images(int group, int count) {
    return TornadoMath.min(GROUP, TornadoMath.max(0, count - group * GROUP));
  }

  /** The coefficients of an evaluation: those of the running statistics. Arguments as of {@link #statistics}. */
  public static void running(
      FloatArray parameters, FloatArray buffers, FloatArray coefficients, int weight, int bias, int mean,
      int variance, int channels, int pixels) {
    for (@Parallel int c = 0; c < channels; c++) {
      int size = channels * pixels;
      float runningMean = buffers.get(mean + c);
      float inverse = 1f / TornadoMath.sqrt(buffers.get(variance + c) + EPSILON);
      float scale = parameters.get(weight + c) * inverse;
      float shift = parameters.get(bias + c);
      for (int p = 0; p < pixels; p++) {
        coefficients.set(c * pixels + p, runningMean);
        coefficients.set(size + c * pixels + p, scale);
        coefficients.set(2 * size + c * pixels + p, shift);
      }
      coefficients.set(3 * size + c, inverse);
    }
  }

  /** y = (x − mean) · scale + shift, at least {@code min}: 0 for a ReLU behind it. NaN stays NaN. */
  public static void affine(
      FloatArray x, FloatArray coefficients, FloatArray y, int batch, int size, float min) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int j = 0; j < (size & LoopGrid.ANY); j++) {
        float centred = x.get(b * size + j) - coefficients.get(j);
        float z = centred * coefficients.get(size + j) + coefficients.get(2 * size + j);
        y.set(b * size + j, NanMath.atLeast(z, min));
      }
    }
  }

  /** y = (x − mean) · scale + shift + shortcut, at least {@code min}: the end of a residual block. NaN stays NaN. */
  public static void affineAdd(
      FloatArray x, FloatArray shortcut, FloatArray coefficients, FloatArray y, int batch, int size, float min) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int j = 0; j < (size & LoopGrid.ANY); j++) {
        float centred = x.get(b * size + j) - coefficients.get(j);
        float z = centred * coefficients.get(size + j) + coefficients.get(2 * size + j);
        y.set(b * size + j, NanMath.atLeast(z + shortcut.get(b * size + j), min));
      }
    }
  }
}
