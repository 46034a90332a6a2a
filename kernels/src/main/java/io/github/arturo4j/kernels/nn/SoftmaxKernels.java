// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.NanMath;
import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Softmax over the channels of each pixel, a thread a pixel; arrays are [batch, channels, pixels]. NaN stays NaN. */
public final class SoftmaxKernels {
  private SoftmaxKernels() {}

  /** y = exp(x − m) / Σ exp(x − m), m being the maximum, so that nothing overflows. */
  public static void forward(FloatArray x, FloatArray y, int batch, int channels, int pixels) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int p = 0; p < (pixels & LoopGrid.ANY); p++) {
        int start = b * channels * pixels + p;
        float max = x.get(start);
        for (int c = 1; c < channels; c++) {
          max = NanMath.max(max, x.get(start + c * pixels));
        }
        float sum = 0f;
        for (int c = 0; c < channels; c++) {
          float e = TornadoMath.exp(x.get(start + c * pixels) - max);
          y.set(start + c * pixels, e);
          sum += e;
        }
        for (int c = 0; c < channels; c++) {
          y.set(start + c * pixels, y.get(start + c * pixels) / sum);
        }
      }
    }
  }

  /**
   * The gradient of {@link #forward}, in place: dy = y (dy − Σ dy y).
   *
   * @param y what it has put out
   */
  public static void backward(FloatArray dy, FloatArray y, int batch, int channels, int pixels) {
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int p = 0; p < (pixels & LoopGrid.ANY); p++) {
        int start = b * channels * pixels + p;
        float product = 0f;
        for (int c = 0; c < channels; c++) {
          product += dy.get(start + c * pixels) * y.get(start + c * pixels);
        }
        for (int c = 0; c < channels; c++) {
          int at = start + c * pixels;
          dy.set(at, y.get(at) * (dy.get(at) - product));
        }
      }
    }
  }
}
