// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Convolutions as implicit matrix products in {@link TileLayout}: the matrix of patches is never stored, its tiles are
 * gathered from the image. {@code side} is the rows and columns of a kernel: a parameter named {@code kernel} is a
 * syntax error in OpenCL. x runs along the columns of the product, y along its rows.
 */
final class TiledConvolutionKernels {
  private static final int GROUP = TileLayout.GROUP;
  private static final int EACH = TileLayout.EACH;
  private static final int PITCH = TileLayout.PITCH;

  private TiledConvolutionKernels() {}

  /**
   * y = W · patches + bias, not below {@code min}, without bias where its offset is negative: rows are output
   * channels, columns the output pixels of the whole batch, and the sum runs over inChannels · side².
   */
  static void forward(
      KernelContext context, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int side, int stride,
      int padding, float min, int each) {
    float[] left = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] right = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] sums = new float[EACH * EACH];
    int column = context.localIdx;
    int row = context.localIdy;
    int firstRow = context.groupIdy * GROUP * each;
    int firstColumn = context.groupIdx * TileLayout.BLOCK;
    int outHeight = (inHeight + 2 * padding - side) / stride + 1;
    int outWidth = (inWidth + 2 * padding - side) / stride + 1;
    int pixels = outHeight * outWidth;
    int area = side * side;
    int patch = inChannels * area;
    for (int i = 0; i < each * EACH; i++) {
      sums[i] = 0f;
    }
    for (int k = 0; k < patch; k += TileLayout.TERMS) {
      int channel = (k + row) / area;
      int inKernel = k + row - channel * area;
      int down = inKernel / side - padding;
      int across = inKernel - inKernel / side * side - padding;
      for (int i = 0; i < each; i++) {
        left[column * PITCH + row + i * GROUP] =
            TileLayout.element(parameters, weight, outChannels, patch, firstRow + row + i * GROUP, k + column);
      }
      for (int i = 0; i < EACH; i++) {
        int n = firstColumn + column + i * GROUP;
        int b = n / pixels;
        int pixel = n - b * pixels;
        int h = pixel / outWidth * stride + down;
        int w = (pixel - pixel / outWidth * outWidth) * stride + across;
        right[row * PITCH + column + i * GROUP] =
            TileLayout.pixel(x, batch, inChannels, inHeight, inWidth, b, channel, h, w);
      }
      context.localBarrier();
      for (int t = 0; t < TileLayout.TERMS; t++) {
        for (int i = 0; i < each * EACH; i++) {
          sums[i] += left[t * PITCH + row + i / EACH * GROUP] * right[t * PITCH + column + i % EACH * GROUP];
        }
      }
      context.localBarrier();
    }
    for (int i = 0; i < each * EACH; i++) {
      int r = firstRow + row + i / EACH * GROUP;
      int c = firstColumn + column + i % EACH * GROUP;
      int b = c / pixels;
      if (r < outChannels && b < batch) {
        float sum = sums[i];
        if (bias >= 0) {
          sum += parameters.get(bias + r);
        }
        y.set((b * outChannels + r) * pixels + c - b * pixels, NanMath.atLeast(sum, min));
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
      int padding, int each) {
    float[] left = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] right = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] sums = new float[EACH * EACH];
    int column = context.localIdx;
    int row = context.localIdy;
    int firstRow = context.groupIdy * GROUP * each;
    int firstColumn = context.groupIdx * TileLayout.BLOCK;
    int outHeight = (inHeight + 2 * padding - side) / stride + 1;
    int outWidth = (inWidth + 2 * padding - side) / stride + 1;
    int pixels = inHeight * inWidth;
    int area = side * side;
    for (int i = 0; i < each * EACH; i++) {
      sums[i] = 0f;
    }
    for (int k = 0; k < outChannels * area; k += TileLayout.TERMS) {
      int oLeft = (k + column) / area;
      int tapLeft = k + column - oLeft * area;
      int oRight = (k + row) / area;
      int tapRight = k + row - oRight * area;
      int up = padding - tapRight / side;
      int back = padding - (tapRight - tapRight / side * side);
      for (int i = 0; i < each; i++) {
        int c = firstRow + row + i * GROUP;
        float weightValue = 0f;
        if (c < inChannels && oLeft < outChannels) {
          weightValue = parameters.get(weight + (oLeft * inChannels + c) * area + tapLeft);
        }
        left[column * PITCH + row + i * GROUP] = weightValue;
      }
      for (int i = 0; i < EACH; i++) {
        int n = firstColumn + column + i * GROUP;
        int b = n / pixels;
        int pixel = n - b * pixels;
        int hStrided = pixel / inWidth + up;
        int wStrided = pixel - pixel / inWidth * inWidth + back;
        int h = hStrided / stride;
        int w = wStrided / stride;
        float value = 0f;
        if (hStrided >= 0 && h * stride == hStrided && wStrided >= 0 && w * stride == wStrided) {
          value = TileLayout.pixel(dy, batch, outChannels, outHeight, outWidth, b, oRight, h, w);
        }
        right[row * PITCH + column + i * GROUP] = value;
      }
      context.localBarrier();
      for (int t = 0; t < TileLayout.TERMS; t++) {
        for (int i = 0; i < each * EACH; i++) {
          sums[i] += left[t * PITCH + row + i / EACH * GROUP] * right[t * PITCH + column + i % EACH * GROUP];
        }
      }
      context.localBarrier();
    }
    for (int i = 0; i < each * EACH; i++) {
      int r = firstRow + row + i / EACH * GROUP;
      int c = firstColumn + column + i % EACH * GROUP;
      int b = c / pixels;
      if (r < inChannels && b < batch) {
        dx.set((b * inChannels + r) * pixels + c - b * pixels, sums[i]);
      }
    }
  }

  /**
   * A part of dW and dbias: rows are output channels, columns inChannels · side² and, if {@code biases} is 1, one
   * of ones, and the sum runs over the output pixels of the images of one part, [part · images, (part + 1) · images).
   * The third dimension of the grid counts the parts, because the product is small and the sum is long.
   */
  static void backwardPart(
      KernelContext context, FloatArray x, FloatArray dy, FloatArray parts, int images, int biases,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int side, int stride,
      int padding, int each) {
    float[] left = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] right = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] sums = new float[EACH * EACH];
    int column = context.localIdx;
    int row = context.localIdy;
    int firstRow = context.groupIdy * GROUP * each;
    int firstColumn = context.groupIdx * TileLayout.BLOCK;
    int outHeight = (inHeight + 2 * padding - side) / stride + 1;
    int outWidth = (inWidth + 2 * padding - side) / stride + 1;
    int pixels = outHeight * outWidth;
    int area = side * side;
    int patch = inChannels * area;
    int part = context.globalIdz;
    int last = TornadoMath.min(batch, (part + 1) * images) * pixels;
    for (int i = 0; i < each * EACH; i++) {
      sums[i] = 0f;
    }
    for (int k = part * images * pixels; k < last; k += TileLayout.TERMS) {
      int n = k + column;
      int b = n / pixels;
      int pixel = n - b * pixels;
      int top = pixel / outWidth * stride - padding;
      int start = (pixel - pixel / outWidth * outWidth) * stride - padding;
      for (int i = 0; i < each; i++) {
        int o = firstRow + row + i * GROUP;
        float dyValue = 0f;
        if (n < last && o < outChannels) {
          dyValue = dy.get((b * outChannels + o) * pixels + pixel);
        }
        left[column * PITCH + row + i * GROUP] = dyValue;
      }
      for (int i = 0; i < EACH; i++) {
        int p = firstColumn + row + i * GROUP;
        int channel = p / area;
        int inKernel = p - channel * area;
        int h = top + inKernel / side;
        int w = start + inKernel - inKernel / side * side;
        float value = 0f;
        if (n < last) {
          value = TileLayout.pixel(x, batch, inChannels, inHeight, inWidth, b, channel, h, w);
        }
        if (p == patch) {
          value = 1f;
        }
        right[column * PITCH + row + i * GROUP] = value;
      }
      context.localBarrier();
      for (int t = 0; t < TileLayout.TERMS; t++) {
        for (int i = 0; i < each * EACH; i++) {
          sums[i] += left[t * PITCH + row + i / EACH * GROUP] * right[t * PITCH + column + i % EACH * GROUP];
        }
      }
      context.localBarrier();
    }
    for (int i = 0; i < each * EACH; i++) {
      int r = firstRow + row + i / EACH * GROUP;
      int c = firstColumn + column + i % EACH * GROUP;
      int own = part * outChannels * (patch + biases);
      if (r < outChannels && c < patch) {
        parts.set(own + r * patch + c, sums[i]);
      }
      if (r < outChannels && c == patch && biases == 1) {
        parts.set(own + outChannels * patch + r, sums[i]);
      }
    }
  }

  /**
   * The sums of the parts: gradients[offset + i] = Σ_part parts[part · distance + first + i]. Biases have a task of
   * their own: with a branch between the two places, TornadoVM 5.2 no longer uploads what lies between them.
   */
  static void sumParts(
      FloatArray parts, FloatArray gradients, int first, int distance, int offset, int size, int count) {
    for (@Parallel int i = 0; i < size; i++) {
      float sum = 0f;
      for (int part = 0; part < count; part++) {
        sum += parts.get(part * distance + first + i);
      }
      gradients.set(offset + i, sum);
    }
  }
}
