// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Means of windows: x is [planes, height, width], y [planes, outHeight, outWidth], a plane being one channel of one image.
 * A thread a value of what a kernel puts out. (Means of whole planes are in {@link PoolingKernels}.)
 */
public final class AveragePoolingKernels {
  private AveragePoolingKernels() {}

  /**
   * y = the sum of each window's pixels / side²: the padding counts as zeros, as PyTorch's count_include_pad.
   *
   * @param side rows and columns of a window
   */
  public static void average(
      FloatArray x, FloatArray y, int planes, int height, int width, int outHeight, int outWidth, int side, int stride,
      int padding) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int oh = 0; oh < (outHeight & LoopGrid.ANY); oh++) {
        for (@Parallel int ow = 0; ow < (outWidth & LoopGrid.ANY); ow++) {
          int top = TornadoMath.max(0, oh * stride - padding);
          int bottom = TornadoMath.min(height, oh * stride - padding + side);
          int left = TornadoMath.max(0, ow * stride - padding);
          int right = TornadoMath.min(width, ow * stride - padding + side);
          float sum = 0f;
          for (int h = top; h < bottom; h++) {
            for (int w = left; w < right; w++) {
              sum += x.get((p * height + h) * width + w);
            }
          }
          y.set((p * outHeight + oh) * outWidth + ow, sum / (side * side));
        }
      }
    }
  }

  /** The gradient of {@link #average}: each pixel adds up its windows, in their order. */
  public static void averageBackward(
      FloatArray dy, FloatArray dx, int planes, int height, int width, int outHeight, int outWidth, int side, int stride,
      int padding) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int h = 0; h < (height & LoopGrid.ANY); h++) {
        for (@Parallel int w = 0; w < (width & LoopGrid.ANY); w++) {
          int top = TornadoMath.max(0, (h + padding - side + stride) / stride);
          int bottom = TornadoMath.min(outHeight, (h + padding) / stride + 1);
          int left = TornadoMath.max(0, (w + padding - side + stride) / stride);
          int right = TornadoMath.min(outWidth, (w + padding) / stride + 1);
          float sum = 0f;
          for (int oh = top; oh < bottom; oh++) {
            for (int ow = left; ow < right; ow++) {
              sum += dy.get((p * outHeight + oh) * outWidth + ow);
            }
          }
          dx.set((p * height + h) * width + w, sum / (side * side));
        }
      }
    }
  }

  /**
   * y = the mean of each window, of windows that share a plane out: window o has the rows from ⌊o · height / outHeight⌋ to
   * before ⌈(o + 1) · height / outHeight⌉, and its columns likewise.
   */
  public static void adaptive(
      FloatArray x, FloatArray y, int planes, int height, int width, int outHeight, int outWidth) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int oh = 0; oh < (outHeight & LoopGrid.ANY); oh++) {
        for (@Parallel int ow = 0; ow < (outWidth & LoopGrid.ANY); ow++) {
          int top = first(oh, height, outHeight);
          int bottom = end(oh, height, outHeight);
          int left = first(ow, width, outWidth);
          int right = end(ow, width, outWidth);
          float sum = 0f;
          for (int h = top; h < bottom; h++) {
            for (int w = left; w < right; w++) {
              sum += x.get((p * height + h) * width + w);
            }
          }
          y.set((p * outHeight + oh) * outWidth + ow, sum / ((bottom - top) * (right - left)));
        }
      }
    }
  }

  /** The gradient of {@link #adaptive}. The windows of a pixel are to it what a window's pixels are to a window. */
  public static void adaptiveBackward(
      FloatArray dy, FloatArray dx, int planes, int height, int width, int outHeight, int outWidth) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int h = 0; h < (height & LoopGrid.ANY); h++) {
        for (@Parallel int w = 0; w < (width & LoopGrid.ANY); w++) {
          int top = first(h, outHeight, height);
          int bottom = end(h, outHeight, height);
          int left = first(w, outWidth, width);
          int right = end(w, outWidth, width);
          float sum = 0f;
          for (int oh = top; oh < bottom; oh++) {
            int rows = end(oh, height, outHeight) - first(oh, height, outHeight);
            for (int ow = left; ow < right; ow++) {
              int columns = end(ow, width, outWidth) - first(ow, width, outWidth);
              sum += dy.get((p * outHeight + oh) * outWidth + ow) / (rows * columns);
            }
          }
          dx.set((p * height + h) * width + w, sum);
        }
      }
    }
  }

  /** The first of {@code size} places that share {@code index} of {@code count} overlaps. */
  private static int first(int index, int size, int count) {
    return index * size / count;
  }

  /** The place behind the last that it overlaps. */
  private static int end(int index, int size, int count) {
    return ((index + 1) * size + count - 1) / count;
  }
}
