// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

/**
 * Between images and the matrix whose product with the weights is their convolution: a row for each input channel and
 * place in the kernel, a column for each output pixel of a few images (Chellapilla et al., 2006).
 */
final class Im2Col {
  private final ConvolutionShape s;
  private final int outHeight;
  private final int outWidth;

  Im2Col(ConvolutionShape shape) {
    s = shape;
    outHeight = shape.outHeight();
    outWidth = shape.outWidth();
  }

  /** Fills columns [patch, images·outHeight·outWidth] from images {@code first} on. */
  void gather(float[] x, int first, int images, float[] columns, int at) {
    int to = at;
    for (int c = 0; c < s.inChannels(); c++) {
      for (int ky = 0; ky < s.kernel(); ky++) {
        for (int kx = 0; kx < s.kernel(); kx++) {
          for (int image = first; image < first + images; image++) {
            int plane = (image * s.inChannels() + c) * s.inHeight() * s.inWidth();
            for (int oy = 0; oy < outHeight; oy++) {
              gatherRow(x, plane, oy * s.stride() + ky - s.padding(), kx - s.padding(), columns, to);
              to += outWidth;
            }
          }
        }
      }
    }
  }

  private void gatherRow(float[] x, int plane, int iy, int ix, float[] columns, int to) {
    if (iy < 0 || iy >= s.inHeight()) {
      for (int ox = 0; ox < outWidth; ox++) {
        columns[to + ox] = 0f;
      }
    } else if (s.stride() == 1 && ix >= 0 && ix + outWidth <= s.inWidth()) {
      int from = plane + iy * s.inWidth() + ix;
      for (int ox = 0; ox < outWidth; ox++) {
        columns[to + ox] = x[from + ox];
      }
    } else {
      for (int ox = 0; ox < outWidth; ox++) {
        int column = ix + ox * s.stride();
        boolean inside = column >= 0 && column < s.inWidth();
        columns[to + ox] = inside ? x[plane + iy * s.inWidth() + column] : 0f;
      }
    }
  }

  /** Overwrites images {@code first} on with the sums of the columns that came from each pixel. */
  void scatter(float[] columns, int at, float[] dx, int first, int images) {
    int imageSize = s.inChannels() * s.inHeight() * s.inWidth();
    java.util.Arrays.fill(dx, first * imageSize, (first + images) * imageSize, 0f);
    int from = at;
    for (int c = 0; c < s.inChannels(); c++) {
      for (int ky = 0; ky < s.kernel(); ky++) {
        for (int kx = 0; kx < s.kernel(); kx++) {
          for (int image = first; image < first + images; image++) {
            int plane = (image * s.inChannels() + c) * s.inHeight() * s.inWidth();
            for (int oy = 0; oy < outHeight; oy++) {
              scatterRow(columns, from, dx, plane, oy * s.stride() + ky - s.padding(), kx - s.padding());
              from += outWidth;
            }
          }
        }
      }
    }
  }

  private void scatterRow(float[] columns, int from, float[] dx, int plane, int iy, int ix) {
    if (iy < 0 || iy >= s.inHeight()) {
      return;
    }
    int row = plane + iy * s.inWidth() + ix;
    if (s.stride() == 1 && ix >= 0 && ix + outWidth <= s.inWidth()) {
      for (int ox = 0; ox < outWidth; ox++) {
        dx[row + ox] += columns[from + ox];
      }
      return;
    }
    for (int ox = 0; ox < outWidth; ox++) {
      int column = ix + ox * s.stride();
      if (column >= 0 && column < s.inWidth()) {
        dx[row + ox * s.stride()] += columns[from + ox];
      }
    }
  }
}
