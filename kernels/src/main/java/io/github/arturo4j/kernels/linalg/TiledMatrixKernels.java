// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Matrix products of fully connected layers, one thread per result, in square tiles of local memory. A
 * work-group computes a TILE×TILE block of the result; x runs along its columns, y along its rows. Where a
 * tile reaches over an edge it is filled with zeros.
 */
final class TiledMatrixKernels {
  /** Rows and columns of a tile, and of a work-group: 256 threads, which every GPU can run. */
  static final int TILE = 16;

  private TiledMatrixKernels() {}

  /** y[b,o] = Σ_i x[b,i] W[o,i] + bias[o], not below {@code least}. */
  static void forward(
      KernelContext context, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int in, int out, float least) {
    float[] left = context.allocateFloatLocalArray(TILE * TILE);
    float[] right = context.allocateFloatLocalArray(TILE * TILE);
    int column = context.localIdx;
    int row = context.localIdy;
    int o = context.groupIdx * TILE + column;
    int b = context.groupIdy * TILE + row;
    int oLoad = context.groupIdx * TILE + row;
    float sum = 0f;
    for (int k = 0; k < in; k += TILE) {
      int i = k + column;
      float xValue = 0f;
      if (b < batch && i < in) {
        xValue = x.get(b * in + i);
      }
      float wValue = 0f;
      if (oLoad < out && i < in) {
        wValue = parameters.get(weight + oLoad * in + i);
      }
      left[row * TILE + column] = xValue;
      right[column * TILE + row] = wValue;
      context.localBarrier();
      for (int t = 0; t < TILE; t++) {
        sum += left[row * TILE + t] * right[t * TILE + column];
      }
      context.localBarrier();
    }
    if (b < batch && o < out) {
      y.set(b * out + o, TornadoMath.max(least, sum + parameters.get(bias + o)));
    }
  }

  /** dx[b,i] = Σ_o dy[b,o] W[o,i]. */
  static void backwardInput(
      KernelContext context, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int in, int out) {
    float[] left = context.allocateFloatLocalArray(TILE * TILE);
    float[] right = context.allocateFloatLocalArray(TILE * TILE);
    int column = context.localIdx;
    int row = context.localIdy;
    int i = context.groupIdx * TILE + column;
    int b = context.groupIdy * TILE + row;
    float sum = 0f;
    for (int k = 0; k < out; k += TILE) {
      float dyValue = 0f;
      if (b < batch && k + column < out) {
        dyValue = dy.get(b * out + k + column);
      }
      float wValue = 0f;
      if (k + row < out && i < in) {
        wValue = parameters.get(weight + (k + row) * in + i);
      }
      left[row * TILE + column] = dyValue;
      right[row * TILE + column] = wValue;
      context.localBarrier();
      for (int t = 0; t < TILE; t++) {
        sum += left[row * TILE + t] * right[t * TILE + column];
      }
      context.localBarrier();
    }
    if (b < batch && i < in) {
      dx.set(b * in + i, sum);
    }
  }

  /** dW[o,i] = Σ_b dy[b,o] x[b,i]. */
  static void backwardWeight(
      KernelContext context, FloatArray x, FloatArray dy, FloatArray gradients, int weight,
      int batch, int in, int out) {
    float[] left = context.allocateFloatLocalArray(TILE * TILE);
    float[] right = context.allocateFloatLocalArray(TILE * TILE);
    int column = context.localIdx;
    int row = context.localIdy;
    int i = context.groupIdx * TILE + column;
    int o = context.groupIdy * TILE + row;
    int oLoad = context.groupIdy * TILE + column;
    float sum = 0f;
    for (int k = 0; k < batch; k += TILE) {
      float dyValue = 0f;
      if (k + row < batch && oLoad < out) {
        dyValue = dy.get((k + row) * out + oLoad);
      }
      float xValue = 0f;
      if (k + row < batch && i < in) {
        xValue = x.get((k + row) * in + i);
      }
      left[row * TILE + column] = dyValue;
      right[row * TILE + column] = xValue;
      context.localBarrier();
      for (int t = 0; t < TILE; t++) {
        sum += left[t * TILE + row] * right[t * TILE + column];
      }
      context.localBarrier();
    }
    if (o < out && i < in) {
      gradients.set(weight + o * in + i, sum);
    }
  }

  /** dbias[o] = Σ_b dy[b,o]. */
  static void backwardBias(FloatArray dy, FloatArray gradients, int bias, int batch, int out) {
    for (@Parallel int o = 0; o < out; o++) {
      float sum = 0f;
      for (int b = 0; b < batch; b++) {
        sum += dy.get(b * out + o);
      }
      gradients.set(bias + o, sum);
    }
  }
}
