// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What Winograd's F(2×2, 3×3) does before and behind its sixteen products, see {@link Winograd}. Each of its transforms takes a small
 * square S to L S Lᵀ, and the rows of a result are made one by one: a thread makes one row of L S from columns of S, and from it a row of
 * the result. Neighbours in x are neighbouring tiles of 2×2 results, or neighbouring weights.
 *
 * <p>The matrix (i, j) of 4×4 has the number 4·i + j. {@code pitch} is the tiles of a row of a matrix, those behind the last of all
 * images included, which hold zeros.
 */
final class WinogradKernels {
  private static final int SIDE = 3;
  private static final int TAPS = SIDE * SIDE;
  private static final int POINTS = 4;

  private WinogradKernels() {}

  /**
   * The patches of 4×4 pixels behind tiles of 2×2 results, as Bᵀ d B: right[4·i+j][channel][tile]. Where there are more rows than
   * channels, the last has ones in the matrix (1, 1), whose products are sums.
   *
   * @param size 4 · rows · pitch
   * @param down tiles below one another in an image, {@code across} beside one another
   */
  static void patches(
      FloatArray x, FloatArray right, int size, int rows, int pitch, int batch, int channels, int height, int width, int padding,
      int down, int across) {
    for (@Parallel int n = 0; n < size; n++) {
      int line = n / pitch;
      int tile = n - line * pitch;
      int i = line / rows;
      int channel = line - i * rows;
      int image = tile / (down * across);
      int place = tile - image * down * across;
      int w = (place - place / across * across) * 2 - padding;
      int h = place / across * 2 - padding;
      int first = h + (i == 0 ? 0 : i == 2 ? 2 : 1);
      int second = h + (i < 2 ? 2 : i == 2 ? 1 : SIDE);
      float sign = i == 1 ? 1f : -1f;
      float r0 = both(x, batch, channels, height, width, image, channel, first, second, w, sign);
      float r1 = both(x, batch, channels, height, width, image, channel, first, second, w + 1, sign);
      float r2 = both(x, batch, channels, height, width, image, channel, first, second, w + 2, sign);
      float r3 = both(x, batch, channels, height, width, image, channel, first, second, w + SIDE, sign);
      if (channel == channels && i == 1) {
        r1 = 1f;
      }
      int to = (POINTS * i * rows + channel) * pitch + tile;
      int matrix = rows * pitch;
      right.set(to, r0 - r2);
      right.set(to + matrix, r1 + r2);
      right.set(to + 2 * matrix, r2 - r1);
      right.set(to + SIDE * matrix, r1 - r3);
    }
  }

  private static float both(
      FloatArray x, int batch, int channels, int height, int width, int image, int channel, int first, int second, int w, float sign) {
    return TileLayout.pixel(x, batch, channels, height, width, image, channel, first, w)
        + sign * TileLayout.pixel(x, batch, channels, height, width, image, channel, second, w);
  }

  /**
   * The weights, as G g Gᵀ: left[4·i+j][row][column], of the 3×3 weights that begin at
   * {@code weight + row · rowStep + column · columnStep}, taken backwards if {@code turned}.
   *
   * @param size 4 · rows · columns
   * @param turned 1 or 0
   */
  static void weights(
      FloatArray parameters, int weight, FloatArray left, int size, int rows, int columns, int rowStep, int columnStep, int turned) {
    for (@Parallel int n = 0; n < size; n++) {
      int line = n / columns;
      int column = n - line * columns;
      int i = line / rows;
      int row = line - i * rows;
      float top = i == 0 ? 1f : i == SIDE ? 0f : 0.5f;
      float middle = i == 1 ? 0.5f : i == 2 ? -0.5f : 0f;
      float bottom = i == 0 ? 0f : i == SIDE ? 1f : 0.5f;
      int step = 1 - 2 * turned;
      int at = weight + row * rowStep + column * columnStep + turned * (TAPS - 1);
      int under = at + SIDE * step;
      int last = under + SIDE * step;
      float r0 = top * parameters.get(at) + middle * parameters.get(under) + bottom * parameters.get(last);
      float r1 = top * parameters.get(at + step) + middle * parameters.get(under + step) + bottom * parameters.get(last + step);
      float r2 = top * parameters.get(at + 2 * step) + middle * parameters.get(under + 2 * step) + bottom * parameters.get(last + 2 * step);
      int to = (POINTS * i * rows + row) * columns + column;
      int matrix = rows * columns;
      left.set(to, r0);
      left.set(to + matrix, 0.5f * (r0 + r1 + r2));
      left.set(to + 2 * matrix, 0.5f * (r0 - r1 + r2));
      left.set(to + SIDE * matrix, r2);
    }
  }

  /**
   * The results of convolutions from those of the products, as Aᵀ m A, plus bias, not below {@code least}, without bias where its offset
   * is negative.
   *
   * @param size 2 · rows · pitch
   * @param rows channels of y
   */
  static void outputs(
      FloatArray products, FloatArray parameters, int bias, FloatArray y, int size, int rows, int pitch, int batch, int height, int width,
      int down, int across, float least) {
    for (@Parallel int n = 0; n < size; n++) {
      int line = n / pitch;
      int tile = n - line * pitch;
      int i = line / rows;
      int channel = line - i * rows;
      int image = tile / (down * across);
      int place = tile - image * down * across;
      int h = place / across * 2 + i;
      int w = (place - place / across * across) * 2;
      if (image < batch && h < height) {
        int matrix = rows * pitch;
        int first = ((i == 0 ? 0 : SIDE) * POINTS * rows + channel) * pitch + tile;
        int second = (POINTS * rows + channel) * pitch + tile;
        int third = (2 * POINTS * rows + channel) * pitch + tile;
        float sign = i == 0 ? 1f : -1f;
        float r0 = three(products, second, third, first, sign);
        float r1 = three(products, second + matrix, third + matrix, first + matrix, sign);
        float r2 = three(products, second + 2 * matrix, third + 2 * matrix, first + 2 * matrix, sign);
        float r3 = three(products, second + SIDE * matrix, third + SIDE * matrix, first + SIDE * matrix, sign);
        float left = r0 + r1 + r2;
        float right = r1 - r2 - r3;
        if (bias >= 0) {
          left += parameters.get(bias + channel);
          right += parameters.get(bias + channel);
        }
        int to = ((image * rows + channel) * height + h) * width + w;
        y.set(to, NanMath.atLeast(left, least));
        if (w + 1 < width) {
          y.set(to + 1, NanMath.atLeast(right, least));
        }
      }
    }
  }

  private static float three(FloatArray products, int second, int third, int first, float sign) {
    return products.get(second) + sign * products.get(third) + sign * products.get(first);
  }

  /**
   * The gradients of tiles of 2×2 results, as A g Aᵀ: left[4·i+j][channel][tile].
   *
   * @param size 4 · rows · pitch
   * @param rows channels of dy
   */
  static void gradients(
      FloatArray dy, FloatArray left, int size, int rows, int pitch, int batch, int height, int width, int down, int across) {
    for (@Parallel int n = 0; n < size; n++) {
      int line = n / pitch;
      int tile = n - line * pitch;
      int i = line / rows;
      int channel = line - i * rows;
      int image = tile / (down * across);
      int place = tile - image * down * across;
      int h = place / across * 2;
      int w = (place - place / across * across) * 2;
      float top = i == SIDE ? 0f : 1f;
      float bottom = i == 0 ? 0f : i == 1 ? 1f : -1f;
      float r0 = top * TileLayout.pixel(dy, batch, rows, height, width, image, channel, h, w)
          + bottom * TileLayout.pixel(dy, batch, rows, height, width, image, channel, h + 1, w);
      float r1 = top * TileLayout.pixel(dy, batch, rows, height, width, image, channel, h, w + 1)
          + bottom * TileLayout.pixel(dy, batch, rows, height, width, image, channel, h + 1, w + 1);
      int to = (POINTS * i * rows + channel) * pitch + tile;
      int matrix = rows * pitch;
      left.set(to, r0);
      left.set(to + matrix, r0 + r1);
      left.set(to + 2 * matrix, r0 - r1);
      left.set(to + SIDE * matrix, -r1);
    }
  }

  /**
   * The gradients of weights from the sums of the products, as Gᵀ s G: of those at {@code weight + 9 · (row · channels + channel)}.
   *
   * @param size 3 · rows · channels
   * @param columns of a matrix: the channels, and perhaps one for the biases
   */
  static void weightGradients(FloatArray sums, FloatArray gradients, int weight, int size, int rows, int columns, int channels) {
    for (@Parallel int n = 0; n < size; n++) {
      int line = n / channels;
      int channel = n - line * channels;
      int i = line / rows;
      int row = line - i * rows;
      float top = i == 0 ? 1f : 0f;
      float third = i == 1 ? -0.5f : 0.5f;
      float bottom = i == 2 ? 1f : 0f;
      int at = row * columns + channel;
      int matrix = rows * columns;
      int next = POINTS * matrix;
      float r0 = down(sums, at, next, top, third, bottom);
      float r1 = down(sums, at + matrix, next, top, third, bottom);
      float r2 = down(sums, at + 2 * matrix, next, top, third, bottom);
      float r3 = down(sums, at + SIDE * matrix, next, top, third, bottom);
      int to = weight + (row * channels + channel) * TAPS + i * SIDE;
      gradients.set(to, r0 + 0.5f * (r1 + r2));
      gradients.set(to + 1, 0.5f * (r1 - r2));
      gradients.set(to + 2, 0.5f * (r1 + r2) + r3);
    }
  }

  private static float down(FloatArray sums, int at, int next, float top, float third, float bottom) {
    return top * sums.get(at) + 0.5f * sums.get(at + next) + third * sums.get(at + 2 * next) + bottom * sums.get(at + SIDE * next);
  }

  /**
   * The gradients of biases, which are the last column of the matrix (1, 1).
   *
   * @param rows biases, and rows of a matrix
   */
  static void biasGradients(FloatArray sums, FloatArray gradients, int bias, int rows, int columns) {
    for (@Parallel int row = 0; row < rows; row++) {
      gradients.set(bias + row, sums.get(((POINTS + 1) * rows + row) * columns + columns - 1));
    }
  }
}
