// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Convolutions as implicit matrix products in {@link TileLayout}: the matrix of patches is never stored, its tiles are
 * gathered from the image. {@code side} is the rows and columns of a kernel: a parameter named {@code kernel} is a
 * syntax error in OpenCL. x runs along the columns of the product, y along its rows, and z counts the parts of the sums, of
 * {@code share} terms each, as in {@link TiledMatrixKernels}.
 *
 * <p>Where the columns are pixels, a thread gathers values of one pixel, whose place it finds once: threads in a row, of pixels in a
 * row.
 */
final class TiledConvolutionKernels {
  private static final int GROUP = TileLayout.GROUP;
  private static final int MOST = TileLayout.MOST;
  private static final int TERMS = TileLayout.TERMS;
  private static final int PITCH = TileLayout.PITCH;

  private TiledConvolutionKernels() {}

  /**
   * y = W · patches + bias, not below {@code least}, without bias where its offset is negative: rows are output
   * channels, columns the output pixels of the whole batch, and the sum runs over inChannels · side².
   */
  static void forward(
      KernelContext context, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int side, int stride,
      int padding, float least, int share, int down, int across, int run) {
    float[] left = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] right = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] sums = new float[MOST * MOST];
    float[] nextLeft = new float[MOST];
    float[] nextRight = new float[MOST];
    int column = context.localIdx;
    int row = context.localIdy;
    int leftAt = TileLayout.first(row, down, run);
    int rightAt = TileLayout.first(column, across, run);
    int firstRow = context.groupIdy * GROUP << down;
    int firstColumn = context.groupIdx * GROUP << across;
    int outHeight = (inHeight + 2 * padding - side) / stride + 1;
    int outWidth = (inWidth + 2 * padding - side) / stride + 1;
    int area = side * side;
    int pixels = outHeight * outWidth;
    int columns = GROUP << across;
    int thread = row * GROUP + column;
    int term = thread / columns;
    int place = thread - term * columns;
    int terms = GROUP >> across;
    int n = firstColumn + place;
    int b = n / pixels;
    int pixel = n - b * pixels;
    int top = pixel / outWidth * stride - padding;
    int start = (pixel - pixel / outWidth * outWidth) * stride - padding;
    int patch = inChannels * area;
    int first = context.groupIdz * share;
    int last = TornadoMath.min(patch, first + share);
    for (int i = 0; i < 1 << down + across; i++) {
      sums[i] = 0f;
    }
    for (int k = first - TERMS; k < last; k += TERMS) {
      int next = k + TERMS;
      for (int i = 0; i < 1 << down; i++) {
        nextLeft[i] = TileLayout.element(parameters, weight, patch, outChannels, last, firstRow + row + i * GROUP, next + column);
      }
      for (int i = 0; i < 1 << across; i++) {
        int p = next + term + i * terms;
        int channel = p / area;
        int inKernel = p - channel * area;
        int h = top + inKernel / side;
        int w = start + inKernel - inKernel / side * side;
        float value = 0f;
        if (p < last) {
          value = TileLayout.pixel(x, batch, inChannels, inHeight, inWidth, b, channel, h, w);
        }
        nextRight[i] = value;
      }
      if (k >= first) {
        for (int t = 0; t < TERMS; t++) {
          for (int i = 0; i < 1 << down + across; i++) {
            sums[i] += left[t * PITCH + leftAt + TileLayout.place(i >> across, down, run)]
                * right[t * PITCH + rightAt + TileLayout.place(i & (1 << across) - 1, across, run)];
          }
        }
      }
      context.localBarrier();
      for (int i = 0; i < 1 << down; i++) {
        left[column * PITCH + row + i * GROUP] = nextLeft[i];
      }
      for (int i = 0; i < 1 << across; i++) {
        right[(term + i * terms) * PITCH + place] = nextRight[i];
      }
      context.localBarrier();
    }
    for (int i = 0; i < 1 << across; i++) {
      int c = firstColumn + rightAt + TileLayout.place(i, across, run);
      int image = c / pixels;
      for (int j = 0; j < 1 << down; j++) {
        int r = firstRow + leftAt + TileLayout.place(j, down, run);
        if (r < outChannels && image < batch) {
          float sum = sums[(j << across) + i];
          if (bias >= 0) {
            sum += parameters.get(bias + r);
          }
          y.set(((context.groupIdz * batch + image) * outChannels + r) * pixels + c - image * pixels, NanMath.atLeast(sum, least));
        }
      }
    }
  }

  /**
   * dx: rows are input channels, columns the input pixels of the whole batch, and the sum runs over
   * outChannels · side².
   */
  static void backwardInput(
      KernelContext context, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int side, int stride,
      int padding, int share, int down, int across, int run) {
    float[] left = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] right = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] sums = new float[MOST * MOST];
    float[] nextLeft = new float[MOST];
    float[] nextRight = new float[MOST];
    int column = context.localIdx;
    int row = context.localIdy;
    int leftAt = TileLayout.first(row, down, run);
    int rightAt = TileLayout.first(column, across, run);
    int firstRow = context.groupIdy * GROUP << down;
    int firstColumn = context.groupIdx * GROUP << across;
    int outHeight = (inHeight + 2 * padding - side) / stride + 1;
    int outWidth = (inWidth + 2 * padding - side) / stride + 1;
    int area = side * side;
    int pixels = inHeight * inWidth;
    int columns = GROUP << across;
    int thread = row * GROUP + column;
    int term = thread / columns;
    int place = thread - term * columns;
    int terms = GROUP >> across;
    int n = firstColumn + place;
    int b = n / pixels;
    int pixel = n - b * pixels;
    int bottom = pixel / inWidth + padding;
    int end = pixel - pixel / inWidth * inWidth + padding;
    int first = context.groupIdz * share;
    int last = TornadoMath.min(outChannels * area, first + share);
    for (int i = 0; i < 1 << down + across; i++) {
      sums[i] = 0f;
    }
    for (int k = first - TERMS; k < last; k += TERMS) {
      int next = k + TERMS;
      int oLeft = (next + column) / area;
      int tapLeft = next + column - oLeft * area;
      for (int i = 0; i < 1 << down; i++) {
        int channel = firstRow + row + i * GROUP;
        float value = 0f;
        if (channel < inChannels && next + column < last) {
          value = parameters.get(weight + (oLeft * inChannels + channel) * area + tapLeft);
        }
        nextLeft[i] = value;
      }
      for (int i = 0; i < 1 << across; i++) {
        int p = next + term + i * terms;
        int o = p / area;
        int tap = p - o * area;
        int hStrided = bottom - tap / side;
        int wStrided = end - (tap - tap / side * side);
        int h = hStrided / stride;
        int w = wStrided / stride;
        float value = 0f;
        if (p < last && hStrided >= 0 && h * stride == hStrided && wStrided >= 0 && w * stride == wStrided) {
          value = TileLayout.pixel(dy, batch, outChannels, outHeight, outWidth, b, o, h, w);
        }
        nextRight[i] = value;
      }
      if (k >= first) {
        for (int t = 0; t < TERMS; t++) {
          for (int i = 0; i < 1 << down + across; i++) {
            sums[i] += left[t * PITCH + leftAt + TileLayout.place(i >> across, down, run)]
                * right[t * PITCH + rightAt + TileLayout.place(i & (1 << across) - 1, across, run)];
          }
        }
      }
      context.localBarrier();
      for (int i = 0; i < 1 << down; i++) {
        left[column * PITCH + row + i * GROUP] = nextLeft[i];
      }
      for (int i = 0; i < 1 << across; i++) {
        right[(term + i * terms) * PITCH + place] = nextRight[i];
      }
      context.localBarrier();
    }
    for (int i = 0; i < 1 << across; i++) {
      int c = firstColumn + rightAt + TileLayout.place(i, across, run);
      int image = c / pixels;
      for (int j = 0; j < 1 << down; j++) {
        int r = firstRow + leftAt + TileLayout.place(j, down, run);
        if (r < inChannels && image < batch) {
          dx.set(((context.groupIdz * batch + image) * inChannels + r) * pixels + c - image * pixels, sums[(j << across) + i]);
        }
      }
    }
  }

  /**
   * dW and dbias: rows are output channels, columns inChannels · side² and one of ones, and the sum runs over the output pixels of the
   * batch; no dbias where its offset is negative.
   *
   * @param distance from one part's gradients to the next one's
   */
  static void backwardParameters(
      KernelContext context, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias, int distance,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int side, int stride,
      int padding, int share, int down, int across, int run) {
    float[] left = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] right = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] sums = new float[MOST * MOST];
    float[] nextLeft = new float[MOST];
    float[] nextRight = new float[MOST];
    int column = context.localIdx;
    int row = context.localIdy;
    int leftAt = TileLayout.first(row, down, run);
    int rightAt = TileLayout.first(column, across, run);
    int firstRow = context.groupIdy * GROUP << down;
    int firstColumn = context.groupIdx * GROUP << across;
    int outHeight = (inHeight + 2 * padding - side) / stride + 1;
    int outWidth = (inWidth + 2 * padding - side) / stride + 1;
    int area = side * side;
    int pixels = outHeight * outWidth;
    int patch = inChannels * area;
    int first = context.groupIdz * share;
    int last = TornadoMath.min(batch * pixels, first + share);
    for (int i = 0; i < 1 << down + across; i++) {
      sums[i] = 0f;
    }
    for (int k = first - TERMS; k < last; k += TERMS) {
      int next = k + TERMS;
      int n = next + column;
      int b = n / pixels;
      int pixel = n - b * pixels;
      int top = pixel / outWidth * stride - padding;
      int start = (pixel - pixel / outWidth * outWidth) * stride - padding;
      for (int i = 0; i < 1 << down; i++) {
        int o = firstRow + row + i * GROUP;
        float value = 0f;
        if (n < last && o < outChannels) {
          value = dy.get((b * outChannels + o) * pixels + pixel);
        }
        nextLeft[i] = value;
      }
      for (int i = 0; i < 1 << across; i++) {
        int p = firstColumn + row + i * GROUP;
        int channel = p / area;
        int inKernel = p - channel * area;
        int h = top + inKernel / side;
        int w = start + inKernel - inKernel / side * side;
        float value = 0f;
        if (n < last) {
          value = TileLayout.pixel(x, batch, inChannels, inHeight, inWidth, b, channel, h, w);
          if (p == patch) {
            value = 1f;
          }
        }
        nextRight[i] = value;
      }
      if (k >= first) {
        for (int t = 0; t < TERMS; t++) {
          for (int i = 0; i < 1 << down + across; i++) {
            sums[i] += left[t * PITCH + leftAt + TileLayout.place(i >> across, down, run)]
                * right[t * PITCH + rightAt + TileLayout.place(i & (1 << across) - 1, across, run)];
          }
        }
      }
      context.localBarrier();
      for (int i = 0; i < 1 << down; i++) {
        left[column * PITCH + row + i * GROUP] = nextLeft[i];
      }
      for (int i = 0; i < 1 << across; i++) {
        right[column * PITCH + row + i * GROUP] = nextRight[i];
      }
      context.localBarrier();
    }
    for (int i = 0; i < 1 << across; i++) {
      int c = firstColumn + rightAt + TileLayout.place(i, across, run);
      int own = context.groupIdz * distance;
      for (int j = 0; j < 1 << down; j++) {
        int r = firstRow + leftAt + TileLayout.place(j, down, run);
        if (r < outChannels && c < patch) {
          gradients.set(own + weight + r * patch + c, sums[(j << across) + i]);
        }
        if (r < outChannels && c == patch && bias >= 0) {
          gradients.set(own + bias + r, sums[(j << across) + i]);
        }
      }
    }
  }
}
