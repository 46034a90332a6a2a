// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * PoolingKernels of any window, stride and padding, and over whole planes. A plane is one channel of one image.
 * (Windows of 2×2 behind a ReLU have kernels of their own, {@link HalvingPoolKernels}.)
 */
public final class PoolingKernels {
  private PoolingKernels() {}

  /**
   * y = the maximum of each window's pixels, NaN if one is; the padding is never one of them.
   *
   * @param x [planes, height, width]
   * @param y [planes, outHeight, outWidth]
   * @param side rows and columns of a window
   * @param where of each window, the place of its first maximum in its plane
   */
  public static void maximum(
      FloatArray x, FloatArray y, IntArray where, int planes, int height, int width, int outHeight, int outWidth,
      int side, int stride, int padding) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int oh = 0; oh < (outHeight & LoopGrid.ANY); oh++) {
        for (@Parallel int ow = 0; ow < (outWidth & LoopGrid.ANY); ow++) {
          int top = TornadoMath.max(0, oh * stride - padding);
          int bottom = TornadoMath.min(height, oh * stride - padding + side);
          int left = TornadoMath.max(0, ow * stride - padding);
          int right = TornadoMath.min(width, ow * stride - padding + side);
          int plane = p * height * width;
          int best = top * width + left;
          float max = x.get(plane + best);
          for (int h = top; h < bottom; h++) {
            for (int w = left; w < right; w++) {
              float value = x.get(plane + h * width + w);
              best = value > max ? h * width + w : best;
              max = NanMath.max(max, value);
            }
          }
          int out = (p * outHeight + oh) * outWidth + ow;
          y.set(out, max);
          where.set(out, best);
        }
      }
    }
  }

  /**
   * The gradient of {@link #maximum}: that of each window goes to its first maximum. A thread a plane; GPUs have
   * {@link #maximumBackwardByPixel}.
   *
   * @param dx [planes, pixels]
   * @param windows windows of a plane
   */
  public static void maximumBackward(
      FloatArray dy, IntArray where, FloatArray dx, int planes, int pixels, int windows) {
    for (@Parallel int p = 0; p < planes; p++) {
      for (int i = 0; i < pixels; i++) {
        dx.set(p * pixels + i, 0f);
      }
      for (int i = 0; i < windows; i++) {
        int at = p * pixels + where.get(p * windows + i);
        dx.set(at, dx.get(at) + dy.get(p * windows + i));
      }
    }
  }

  /** {@link #maximumBackward}, a thread a pixel: each adds up the windows whose maximum it is, in their order. */
  public static void maximumBackwardByPixel(
      FloatArray dy, IntArray where, FloatArray dx, int planes, int height, int width, int outHeight, int outWidth,
      int side, int stride, int padding) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int i = 0; i < (height * width & LoopGrid.ANY); i++) {
        int row = i / width;
        int h = row + padding;
        int w = i - row * width + padding;
        int top = TornadoMath.max(0, (h - side + stride) / stride);
        int bottom = TornadoMath.min(outHeight, h / stride + 1);
        int left = TornadoMath.max(0, (w - side + stride) / stride);
        int right = TornadoMath.min(outWidth, w / stride + 1);
        float sum = 0f;
        for (int oh = top; oh < bottom; oh++) {
          for (int ow = left; ow < right; ow++) {
            int window = (p * outHeight + oh) * outWidth + ow;
            float gradient = dy.get(window);
            sum += where.get(window) == i ? gradient : 0f;
          }
        }
        dx.set(p * height * width + i, sum);
      }
    }
  }

  /**
   * y = the mean of each plane. A thread a plane; GPUs have {@link PlaneGroups#average}.
   *
   * @param x [planes, pixels]
   * @param y [planes]
   */
  public static void average(FloatArray x, FloatArray y, int planes, int pixels) {
    for (@Parallel int p = 0; p < planes; p++) {
      float sum = 0f;
      for (int i = 0; i < pixels; i++) {
        sum += x.get(p * pixels + i);
      }
      y.set(p, sum / pixels);
    }
  }

  /** The gradient of {@link #average}: an equal share for each pixel. */
  public static void averageBackward(FloatArray dy, FloatArray dx, int planes, int pixels) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int i = 0; i < (pixels & LoopGrid.ANY); i++) {
        dx.set(p * pixels + i, dy.get(p) / pixels);
      }
    }
  }
}
