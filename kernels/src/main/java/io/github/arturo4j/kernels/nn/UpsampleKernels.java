// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Images made larger by a whole number, each pixel a square: x is [planes, height, width]. */
public final class UpsampleKernels {
  private UpsampleKernels() {}

  /** y[p, h, w] = x[p, h / scale, w / scale]. */
  public static void nearest(FloatArray x, FloatArray y, int planes, int height, int width, int scale) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int h = 0; h < height * scale; h++) {
        for (@Parallel int w = 0; w < width * scale; w++) {
          y.set((p * height * scale + h) * width * scale + w, x.get((p * height + h / scale) * width + w / scale));
        }
      }
    }
  }

  /** The gradient of {@link #nearest}: the sum of each pixel's square. */
  public static void nearestBackward(FloatArray dy, FloatArray dx, int planes, int height, int width, int scale) {
    for (@Parallel int p = 0; p < (planes & LoopGrid.ANY); p++) {
      for (@Parallel int h = 0; h < (height & LoopGrid.ANY); h++) {
        for (@Parallel int w = 0; w < (width & LoopGrid.ANY); w++) {
          float sum = 0f;
          for (int i = 0; i < scale; i++) {
            for (int j = 0; j < scale; j++) {
              sum += dy.get(((p * height + h) * scale + i) * width * scale + w * scale + j);
            }
          }
          dx.set((p * height + h) * width + w, sum);
        }
      }
    }
  }
}
