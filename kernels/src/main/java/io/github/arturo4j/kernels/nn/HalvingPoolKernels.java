// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Max-pooling over 2×2 windows with stride 2, without padding: of an odd size the last row or column is
 * unused. A plane is one channel of one image.
 */
public final class HalvingPoolKernels {
  private static final float TINY = 1e-30f;

  private HalvingPoolKernels() {}

  /** What {@link #forward} has to do. */
  public static Cost forwardCost(int planes, int height, int width) {
    return Cost.elements(windows(planes, height, width), 3, 4, 1);
  }

  /** What {@link #forwardWithDropout} has to do, without the integers of the random numbers. */
  public static Cost forwardWithDropoutCost(int planes, int height, int width) {
    return Cost.elements(windows(planes, height, width), 5, 4, 1);
  }

  /** What {@link #backward} has to do. */
  public static Cost backwardCost(int planes, int height, int width) {
    return Cost.elements(windows(planes, height, width), 22, 6, 4);
  }

  /** What {@link #clearEdges} has to do. */
  public static Cost clearEdgesCost(int planes, int height, int width) {
    return Cost.elements((long) planes * height * width - 4 * windows(planes, height, width), 0, 0, 1);
  }

  private static long windows(int planes, int height, int width) {
    return (long) planes * (height / 2) * (width / 2);
  }

  /**
   * y = the maximum of each window; NaN if a pixel is.
   *
   * @param x [planes, height, width]
   * @param y [planes, height / 2, width / 2], rounded down
   */
  public static void forward(FloatArray x, FloatArray y, int planes, int height, int width) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int h = 0; h < height / 2; h++) {
        for (@Parallel int w = 0; w < width / 2; w++) {
          int first = (p * height + 2 * h) * width + 2 * w;
          float top = NanMath.max(x.get(first), x.get(first + 1));
          float bottom = NanMath.max(x.get(first + width), x.get(first + width + 1));
          y.set((p * (height / 2) + h) * (width / 2) + w, NanMath.max(top, bottom));
        }
      }
    }
  }

  /**
   * The pooling, and the dropout behind it: {@link #forward} and {@link DropoutKernels#forward} in one pass, to the bit.
   *
   * @param x [planes, height, width]
   * @param y [planes, height / 2, width / 2], rounded down
   * @param control a {@link BatchControl}
   * @param key index in {@code control} of the dropout's two key words
   * @param threshold see {@link DropoutKernels#threshold}
   * @param scale factor of the elements that stay
   */
  public static void forwardWithDropout(
      FloatArray x, FloatArray y, IntArray control, int planes, int height, int width, int key, int threshold,
      float scale) {
    int firstKey = control.get(key);
    int secondKey = control.get(key + 1);
    int firstElement = control.get(key + BatchControl.FIRST_ELEMENT);
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int h = 0; h < height / 2; h++) {
        for (@Parallel int w = 0; w < width / 2; w++) {
          int first = (p * height + 2 * h) * width + 2 * w;
          int pooled = (p * (height / 2) + h) * (width / 2) + w;
          float top = NanMath.max(x.get(first), x.get(first + 1));
          float bottom = NanMath.max(x.get(first + width), x.get(first + width + 1));
          int element = (pooled & LoopGrid.ANY) + firstElement;
          float kept = DropoutKernels.keep(element, firstKey, secondKey, threshold) * scale;
          y.set(pooled, NanMath.max(top, bottom) * kept);
        }
      }
    }
  }

  /**
   * Back through a dropout, the pooling before it, and the ReLU before that. The gradient goes to the first
   * maximum of a window, as in PyTorch; nowhere if the maximum was not positive, or dropout did not keep it,
   * that is if y is 0.
   *
   * @param x what the ReLU has put out, [planes, height, width]
   * @param y what the dropout, or without one the pooling, has put out
   * @param dy gradient with respect to y
   * @param dx gradient with respect to the input of the ReLU, which may be x itself: a window is read before it is written; an odd last
   *     row or column is not written, see {@link #clearEdges}
   * @param scale 1 / (share that dropout keeps); 1 without dropout
   */
  public static void backward(
      FloatArray x, FloatArray y, FloatArray dy, FloatArray dx, int planes, int height, int width,
      float scale) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int h = 0; h < height / 2; h++) {
        for (@Parallel int w = 0; w < width / 2; w++) {
          int first = (p * height + 2 * h) * width + 2 * w;
          int third = first + width;
          int pooled = (p * (height / 2) + h) * (width / 2) + w;
          float topLeft = x.get(first);
          float topRight = x.get(first + 1);
          float bottomLeft = x.get(third);
          float bottomRight = x.get(third + 1);
          float top = TornadoMath.max(topLeft, topRight);
          float bottom = TornadoMath.max(bottomLeft, bottomRight);
          float g = dy.get(pooled) * (scale * positive(y.get(pooled)));
          float gBottom = g * positive(TornadoMath.max(top, bottom) - top);
          float gTop = g - gBottom;
          float gTopRight = gTop * positive(top - topLeft);
          float gBottomRight = gBottom * positive(bottom - bottomLeft);
          dx.set(first, gTop - gTopRight);
          dx.set(first + 1, gTopRight);
          dx.set(third, gBottom - gBottomRight);
          dx.set(third + 1, gBottomRight);
        }
      }
    }
  }

  /**
   * 1 if z is positive, 0 if it is 0, for z ≥ 0 that is not tiny (below 2e-23): TINY vanishes beside it.
   * Without a branch, because a processor cannot guess which pixel is the greatest: on the JVM twice as fast.
   */
  private static float positive(float z) {
    return z / (z + TINY);
  }

  /** Zeros the row and the column of dx that no window of an odd size covers. */
  public static void clearEdges(FloatArray dx, int planes, int height, int width) {
    for (@Parallel int p = 0; p < planes; p++) {
      for (int h = height / 2 * 2; h < height; h++) {
        for (int w = 0; w < width; w++) {
          dx.set((p * height + h) * width + w, 0f);
        }
      }
      for (int w = width / 2 * 2; w < width; w++) {
        for (int h = 0; h < height; h++) {
          dx.set((p * height + h) * width + w, 0f);
        }
      }
    }
  }
}
