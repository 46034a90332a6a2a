// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Convolutions as implicit matrix products: the matrix of patches is never stored, its tiles are gathered
 * from the image. {@code side} is the rows and columns of a kernel: a parameter named {@code kernel} is a
 * syntax error in OpenCL. Work-groups as in {@link TiledMatrixKernels}: x runs along the columns of the
 * product, y along its rows.
 */
final class TiledConvolutionKernels {
  private static final int TILE = TiledMatrixKernels.TILE;

  private TiledConvolutionKernels() {}

  /**
   * y = W · patches + bias, not below {@code least}, without bias where its offset is negative: rows are output
   * channels, columns the output pixels of the whole batch, and the sum runs over inChannels · side².
   */
  static void forward(
      KernelContext context, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int side, int stride,
      int padding, float least) {
    float[] left = context.allocateFloatLocalArray(TILE * TILE);
    float[] right = context.allocateFloatLocalArray(TILE * TILE);
    int outHeight = (inHeight + 2 * padding - side) / stride + 1;
    int outWidth = (inWidth + 2 * padding - side) / stride + 1;
    int pixels = outHeight * outWidth;
    int patch = inChannels * side * side;
    int column = context.localIdx;
    int row = context.localIdy;
    int n = context.groupIdx * TILE + column;
    int o = context.groupIdy * TILE + row;
    int b = n / pixels;
    int pixel = n - b * pixels;
    int top = pixel / outWidth * stride - padding;
    int start = (pixel - pixel / outWidth * outWidth) * stride - padding;
    float sum = 0f;
    for (int k = 0; k < patch; k += TILE) {
      float wValue = 0f;
      if (o < outChannels && k + column < patch) {
        wValue = parameters.get(weight + o * patch + k + column);
      }
      int p = k + row;
      int c = p / (side * side);
      int inKernel = p - c * side * side;
      int h = top + inKernel / side;
      int w = start + inKernel - inKernel / side * side;
      float xValue = 0f;
      if (b < batch && c < inChannels && h >= 0 && h < inHeight && w >= 0 && w < inWidth) {
        xValue = x.get(((b * inChannels + c) * inHeight + h) * inWidth + w);
      }
      left[row * TILE + column] = wValue;
      right[row * TILE + column] = xValue;
      context.localBarrier();
      for (int t = 0; t < TILE; t++) {
        sum += left[row * TILE + t] * right[t * TILE + column];
      }
      context.localBarrier();
    }
    if (o < outChannels && b < batch) {
      if (bias >= 0) {
        sum += parameters.get(bias + o);
      }
      y.set((b * outChannels + o) * pixels + pixel, TornadoMath.max(least, sum));
    }
  }

  /**
   * dx: rows are input channels, columns the input pixels of the whole batch, and the sum runs over
   * outChannels · side².
   */
  static void backwardInput(
      KernelContext context, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int side, int stride,
      int padding) {
    float[] left = context.allocateFloatLocalArray(TILE * TILE);
    float[] right = context.allocateFloatLocalArray(TILE * TILE);
    int outHeight = (inHeight + 2 * padding - side) / stride + 1;
    int outWidth = (inWidth + 2 * padding - side) / stride + 1;
    int pixels = inHeight * inWidth;
    int area = side * side;
    int column = context.localIdx;
    int row = context.localIdy;
    int n = context.groupIdx * TILE + column;
    int c = context.groupIdy * TILE + row;
    int b = n / pixels;
    int pixel = n - b * pixels;
    int bottom = pixel / inWidth + padding;
    int end = pixel - pixel / inWidth * inWidth + padding;
    float sum = 0f;
    for (int k = 0; k < outChannels * area; k += TILE) {
      int pLeft = k + column;
      int oLeft = pLeft / area;
      float wValue = 0f;
      if (c < inChannels && oLeft < outChannels) {
        wValue = parameters.get(weight + (oLeft * inChannels + c) * area + pLeft - oLeft * area);
      }
      int p = k + row;
      int o = p / area;
      int inKernel = p - o * area;
      int hStrided = bottom - inKernel / side;
      int wStrided = end - (inKernel - inKernel / side * side);
      int h = hStrided / stride;
      int w = wStrided / stride;
      float dyValue = 0f;
      if (b < batch && o < outChannels && hStrided >= 0 && h * stride == hStrided && h < outHeight
          && wStrided >= 0 && w * stride == wStrided && w < outWidth) {
        dyValue = dy.get(((b * outChannels + o) * outHeight + h) * outWidth + w);
      }
      left[row * TILE + column] = wValue;
      right[row * TILE + column] = dyValue;
      context.localBarrier();
      for (int t = 0; t < TILE; t++) {
        sum += left[row * TILE + t] * right[t * TILE + column];
      }
      context.localBarrier();
    }
    if (c < inChannels && b < batch) {
      dx.set((b * inChannels + c) * pixels + pixel, sum);
    }
  }

  /**
   * A part of dW: rows are output channels, columns inChannels · side², and the sum runs over the output
   * pixels of the images of one part, [part · images, (part + 1) · images). The third dimension of the grid
   * counts the parts, because the product is small and the sum is long.
   */
  static void backwardWeightPart(
      KernelContext context, FloatArray x, FloatArray dy, FloatArray parts, int images,
      int batch, int inChannels, int inHeight, int inWidth, int outChannels, int side, int stride,
      int padding) {
    float[] left = context.allocateFloatLocalArray(TILE * TILE);
    float[] right = context.allocateFloatLocalArray(TILE * TILE);
    int outHeight = (inHeight + 2 * padding - side) / stride + 1;
    int outWidth = (inWidth + 2 * padding - side) / stride + 1;
    int pixels = outHeight * outWidth;
    int patch = inChannels * side * side;
    int column = context.localIdx;
    int row = context.localIdy;
    int part = context.globalIdz;
    int p = context.groupIdx * TILE + column;
    int pLoad = context.groupIdx * TILE + row;
    int o = context.groupIdy * TILE + row;
    int cLoad = pLoad / (side * side);
    int inKernel = pLoad - cLoad * side * side;
    int hLoad = inKernel / side - padding;
    int wLoad = inKernel - inKernel / side * side - padding;
    int last = TornadoMath.min(batch, (part + 1) * images) * pixels;
    float sum = 0f;
    for (int k = part * images * pixels; k < last; k += TILE) {
      int n = k + column;
      int b = n / pixels;
      int pixel = n - b * pixels;
      float dyValue = 0f;
      if (n < last && o < outChannels) {
        dyValue = dy.get((b * outChannels + o) * pixels + pixel);
      }
      int h = pixel / outWidth * stride + hLoad;
      int w = (pixel - pixel / outWidth * outWidth) * stride + wLoad;
      float xValue = 0f;
      if (n < last && cLoad < inChannels && h >= 0 && h < inHeight && w >= 0 && w < inWidth) {
        xValue = x.get(((b * inChannels + cLoad) * inHeight + h) * inWidth + w);
      }
      left[row * TILE + column] = dyValue;
      right[column * TILE + row] = xValue;
      context.localBarrier();
      for (int t = 0; t < TILE; t++) {
        sum += left[row * TILE + t] * right[t * TILE + column];
      }
      context.localBarrier();
    }
    if (o < outChannels && p < patch) {
      parts.set((part * outChannels + o) * patch + p, sum);
    }
  }

  /** The sum of the parts: gradients[offset + i] = Σ_part parts[part · size + i]. */
  static void sumParts(FloatArray parts, FloatArray gradients, int offset, int size, int count) {
    for (@Parallel int i = 0; i < size; i++) {
      float sum = 0f;
      for (int part = 0; part < count; part++) {
        sum += parts.get(part * size + i);
      }
      gradients.set(offset + i, sum);
    }
  }

  /** dbias[o] of one part's images: the sum of dy over images and pixels. */
  static void backwardBiasPart(
      FloatArray dy, FloatArray parts, int images, int count, int batch, int outChannels, int pixels) {
    for (@Parallel int i = 0; i < count * outChannels; i++) {
      int part = i / outChannels;
      int o = i - part * outChannels;
      float sum = 0f;
      for (int b = part * images; b < TornadoMath.min(batch, (part + 1) * images); b++) {
        for (int pixel = 0; pixel < pixels; pixel++) {
          sum += dy.get((b * outChannels + o) * pixels + pixel);
        }
      }
      parts.set(i, sum);
    }
  }
}
