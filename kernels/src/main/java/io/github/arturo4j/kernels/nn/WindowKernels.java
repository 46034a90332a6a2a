// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The weights of a convolution that puts out one pixel, as those of a linear layer of the pixels of its input: of the kernel's taps those
 * that see a pixel, in the order of the pixels. Kernels of {@code side} rows and columns begin {@code padding} above and left of the
 * image.
 */
public final class WindowKernels {
  private WindowKernels() {}

  /**
   * seen[out][channel][h][w] = parameters[weight + (out, channel, h + padding, w + padding)], 0 where the kernel has no such tap.
   *
   * @param size outputs · channels · height · width
   */
  public static void gather(
      FloatArray parameters, FloatArray seen, int weight, int size, int height, int width, int side, int padding) {
    for (@Parallel int n = 0; n < size; n++) {
      int line = n / width;
      int column = n - line * width + padding;
      int plane = line / height;
      int row = line - plane * height + padding;
      float value = 0f;
      if (row < side && column < side) {
        value = parameters.get(weight + (plane * side + row) * side + column);
      }
      seen.set(n, value);
    }
  }

  /**
   * The gradients of the weights from those of what {@link #gather} makes of them: 0 for a tap that sees no pixel.
   *
   * @param size outputs · channels · side²
   */
  public static void scatter(
      FloatArray seen, FloatArray gradients, int weight, int size, int height, int width, int side, int padding) {
    for (@Parallel int n = 0; n < size; n++) {
      int line = n / side;
      int column = n - line * side - padding;
      int plane = line / side;
      int row = line - plane * side - padding;
      float value = 0f;
      if (row >= 0 && row < height && column >= 0 && column < width) {
        value = seen.get((plane * height + row) * width + column);
      }
      gradients.set(weight + n, value);
    }
  }

  /** to[toAt + n] = from[fromAt + n]. */
  public static void copy(FloatArray from, FloatArray to, int fromAt, int toAt, int size) {
    for (@Parallel int n = 0; n < size; n++) {
      to.set(toAt + n, from.get(fromAt + n));
    }
  }
}
