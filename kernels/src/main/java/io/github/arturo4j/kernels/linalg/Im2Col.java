// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import java.util.Arrays;

/**
 * Between images and the matrix whose product with the weights is their convolution: a row for each input channel and
 * place in the kernel, a column for each output pixel of a few images (Chellapilla et al., 2006).
 *
 * <p>Where the kernel moves by one pixel and there is no padding, output rows are laid out as long as input rows. A
 * matrix row is then one contiguous piece of a plane, which pays although the columns at the end of each output row
 * mean nothing.
 */
final class Im2Col {
  private static final int MIN_WIDE_ROW = 8;

  private final ConvolutionShape s;
  private final int outHeight;
  private final int outWidth;
  private final boolean wide;
  private final int pitch;

  Im2Col(ConvolutionShape shape) {
    s = shape;
    outHeight = shape.outHeight();
    outWidth = shape.outWidth();
    wide = s.stride() == 1 && s.padding() == 0 && outWidth >= MIN_WIDE_ROW;
    pitch = wide ? s.inWidth() : outWidth;
  }

  /** Columns of an image. */
  int pixels() {
    return outHeight * pitch;
  }

  /** Fills columns [patch, images·pixels] from images {@code first} on. */
  void gather(float[] x, int first, int images, float[] columns, int at) {
    int to = at;
    for (int c = 0; c < s.inChannels(); c++) {
      for (int ky = 0; ky < s.kernel(); ky++) {
        for (int kx = 0; kx < s.kernel(); kx++) {
          for (int image = first; image < first + images; image++) {
            int plane = (image * s.inChannels() + c) * s.inHeight() * s.inWidth();
            if (wide) {
              int useful = pixels() - s.kernel() + 1;
              System.arraycopy(x, plane + ky * pitch + kx, columns, to, useful);
              Arrays.fill(columns, to + useful, to + pixels(), 0f);
            } else {
              for (int oy = 0; oy < outHeight; oy++) {
                int iy = oy * s.stride() + ky - s.padding();
                gatherRow(x, plane, iy, kx - s.padding(), columns, to + oy * pitch);
              }
            }
            to += pixels();
          }
        }
      }
    }
  }

  private void gatherRow(float[] x, int plane, int iy, int ix, float[] columns, int to) {
    if (iy < 0 || iy >= s.inHeight()) {
      Arrays.fill(columns, to, to + outWidth, 0f);
      return;
    }
    for (int ox = 0; ox < outWidth; ox++) {
      int column = ix + ox * s.stride();
      boolean inside = column >= 0 && column < s.inWidth();
      columns[to + ox] = inside ? x[plane + iy * s.inWidth() + column] : 0f;
    }
  }

  /** Overwrites images {@code first} on with the sums of the columns that came from each pixel. */
  void scatter(float[] columns, int at, float[] dx, int first, int images) {
    int imageSize = s.inChannels() * s.inHeight() * s.inWidth();
    Arrays.fill(dx, first * imageSize, (first + images) * imageSize, 0f);
    int from = at;
    for (int c = 0; c < s.inChannels(); c++) {
      for (int ky = 0; ky < s.kernel(); ky++) {
        for (int kx = 0; kx < s.kernel(); kx++) {
          for (int image = first; image < first + images; image++) {
            int plane = (image * s.inChannels() + c) * s.inHeight() * s.inWidth();
            if (wide) {
              add(columns, from, dx, plane + ky * pitch + kx, pixels() - s.kernel() + 1);
            } else {
              for (int oy = 0; oy < outHeight; oy++) {
                int iy = oy * s.stride() + ky - s.padding();
                scatterRow(columns, from + oy * pitch, dx, plane, iy, kx - s.padding());
              }
            }
            from += pixels();
          }
        }
      }
    }
  }

  private static void add(float[] values, int from, float[] sums, int to, int length) {
    for (int i = 0; i < length; i++) {
      sums[to + i] += values[from + i];
    }
  }

  private void scatterRow(float[] columns, int from, float[] dx, int plane, int iy, int ix) {
    if (iy < 0 || iy >= s.inHeight()) {
      return;
    }
    for (int ox = 0; ox < outWidth; ox++) {
      int column = ix + ox * s.stride();
      if (column >= 0 && column < s.inWidth()) {
        dx[plane + iy * s.inWidth() + column] += columns[from + ox];
      }
    }
  }

  /** Copies output planes of a few images into a matrix [outChannels, images·pixels]; 0 where a column means nothing. */
  void gatherOutput(float[] y, int first, int images, float[] matrix, int at) {
    int plane = outHeight * outWidth;
    int to = at;
    for (int o = 0; o < s.outChannels(); o++) {
      for (int image = first; image < first + images; image++) {
        int from = (image * s.outChannels() + o) * plane;
        if (wide) {
          for (int oy = 0; oy < outHeight; oy++) {
            System.arraycopy(y, from + oy * outWidth, matrix, to + oy * pitch, outWidth);
            Arrays.fill(matrix, to + oy * pitch + outWidth, to + (oy + 1) * pitch, 0f);
          }
        } else {
          System.arraycopy(y, from, matrix, to, plane);
        }
        to += pixels();
      }
    }
  }

  /** The way back: from a matrix [outChannels, images·pixels] to output planes. */
  void scatterOutput(float[] matrix, int at, float[] y, int first, int images) {
    int plane = outHeight * outWidth;
    int from = at;
    for (int o = 0; o < s.outChannels(); o++) {
      for (int image = first; image < first + images; image++) {
        int to = (image * s.outChannels() + o) * plane;
        for (int oy = 0; oy < (wide ? outHeight : 1); oy++) {
          System.arraycopy(matrix, from + oy * pitch, y, to + oy * outWidth, wide ? outWidth : plane);
        }
        from += pixels();
      }
    }
  }
}
