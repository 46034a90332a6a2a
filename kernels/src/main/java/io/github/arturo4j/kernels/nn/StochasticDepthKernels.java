// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A dropout of whole examples: Huang, Sun, Liu, Sedra, Weinberger, <i>Deep Networks with Stochastic Depth</i>, ECCV 2016. One
 * random number an example, drawn as {@link DropoutKernels} draws one an element.
 */
public final class StochasticDepthKernels {
  private StochasticDepthKernels() {}

  /**
   * Of x, [batch, size], each row is 0 in y, or scaled.
   *
   * @param control a {@link BatchControl}
   * @param key index in {@code control} of this layer's two key words
   * @param threshold see {@link DropoutKernels#threshold}
   * @param scale factor of the rows that stay
   */
  public static void forward(
      FloatArray x, FloatArray y, IntArray control, int key, int threshold, float scale, int batch, int size) {
    int firstKey = control.get(key);
    int secondKey = control.get(key + 1);
    int first = control.get(key + BatchControl.FIRST_ELEMENT);
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int j = 0; j < (size & LoopGrid.ANY); j++) {
        float factor = DropoutKernels.keep(b + first, firstKey, secondKey, threshold) * scale;
        y.set(b * size + j, x.get(b * size + j) * factor);
      }
    }
  }

  /** The gradient of {@link #forward}, in place: the same rows are 0, and scaled. */
  public static void backward(
      FloatArray dy, IntArray control, int key, int threshold, float scale, int batch, int size) {
    int firstKey = control.get(key);
    int secondKey = control.get(key + 1);
    int first = control.get(key + BatchControl.FIRST_ELEMENT);
    for (@Parallel int b = 0; b < (batch & LoopGrid.ANY); b++) {
      for (@Parallel int j = 0; j < (size & LoopGrid.ANY); j++) {
        float factor = DropoutKernels.keep(b + first, firstKey, secondKey, threshold) * scale;
        dy.set(b * size + j, dy.get(b * size + j) * factor);
      }
    }
  }
}
