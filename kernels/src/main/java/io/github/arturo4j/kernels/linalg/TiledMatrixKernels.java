// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Matrix products of fully connected layers in {@link TileLayout}: x runs along columns of the result, y along rows. */
final class TiledMatrixKernels {
  private static final int GROUP = TileLayout.GROUP;
  private static final int EACH = TileLayout.EACH;
  private static final int PITCH = TileLayout.PITCH;

  private TiledMatrixKernels() {}

  /** y[b,o] = Σ_i x[b,i] W[o,i] + bias[o], without bias where its offset is negative; not below {@code min}. */
  static void forward(
      KernelContext context, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int in, int out, float min, int each) {
    float[] left = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] right = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] sums = new float[EACH * EACH];
    int column = context.localIdx;
    int row = context.localIdy;
    int firstRow = context.groupIdy * GROUP * each;
    int firstColumn = context.groupIdx * TileLayout.BLOCK;
    for (int i = 0; i < each * EACH; i++) {
      sums[i] = 0f;
    }
    for (int k = 0; k < in; k += TileLayout.TERMS) {
      for (int i = 0; i < each; i++) {
        left[column * PITCH + row + i * GROUP] = TileLayout.element(x, 0, batch, in, firstRow + row + i * GROUP, k + column);
      }
      for (int i = 0; i < EACH; i++) {
        right[column * PITCH + row + i * GROUP] =
            TileLayout.element(parameters, weight, out, in, firstColumn + row + i * GROUP, k + column);
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
      if (r < batch && c < out) {
        float sum = sums[i];
        if (bias >= 0) {
          sum += parameters.get(bias + c);
        }
        y.set(r * out + c, NanMath.atLeast(sum, min));
      }
    }
  }

  /** dx[b,i] = Σ_o dy[b,o] W[o,i]. */
  static void backwardInput(
      KernelContext context, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int in, int out, int each) {
    float[] left = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] right = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] sums = new float[EACH * EACH];
    int column = context.localIdx;
    int row = context.localIdy;
    int firstRow = context.groupIdy * GROUP * each;
    int firstColumn = context.groupIdx * TileLayout.BLOCK;
    for (int i = 0; i < each * EACH; i++) {
      sums[i] = 0f;
    }
    for (int k = 0; k < out; k += TileLayout.TERMS) {
      for (int i = 0; i < each; i++) {
        left[column * PITCH + row + i * GROUP] = TileLayout.element(dy, 0, batch, out, firstRow + row + i * GROUP, k + column);
      }
      for (int i = 0; i < EACH; i++) {
        right[row * PITCH + column + i * GROUP] =
            TileLayout.element(parameters, weight, out, in, k + row, firstColumn + column + i * GROUP);
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
      if (r < batch && c < in) {
        dx.set(r * in + c, sums[i]);
      }
    }
  }

  /**
   * dW[o,i] = Σ_b dy[b,o] x[b,i], and dbias[o] = Σ_b dy[b,o], as if x had a column of ones behind its last; no dbias
   * where its offset is negative.
   */
  static void backwardParameters(
      KernelContext context, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      int batch, int in, int out, int each) {
    float[] left = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] right = context.allocateFloatLocalArray(TileLayout.TILE);
    float[] sums = new float[EACH * EACH];
    int column = context.localIdx;
    int row = context.localIdy;
    int firstRow = context.groupIdy * GROUP * each;
    int firstColumn = context.groupIdx * TileLayout.BLOCK;
    for (int i = 0; i < each * EACH; i++) {
      sums[i] = 0f;
    }
    for (int k = 0; k < batch; k += TileLayout.TERMS) {
      for (int i = 0; i < each; i++) {
        left[row * PITCH + column + i * GROUP] = TileLayout.element(dy, 0, batch, out, k + row, firstRow + column + i * GROUP);
      }
      for (int i = 0; i < EACH; i++) {
        int c = firstColumn + column + i * GROUP;
        float value = TileLayout.element(x, 0, batch, in, k + row, c);
        if (c == in) {
          value = 1f;
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
      if (r < out && c < in) {
        gradients.set(weight + r * in + c, sums[i]);
      }
      if (r < out && c == in && bias >= 0) {
        gradients.set(bias + r, sums[i]);
      }
    }
  }
}
