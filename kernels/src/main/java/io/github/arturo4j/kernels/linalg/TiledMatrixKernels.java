// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.device.NanMath;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Matrix products of fully connected layers in {@link TileLayout}: x runs along columns of the result, y along rows, and z counts the
 * parts of the sums, of {@code share} terms each. With several, a part is a result of its own behind the one before, without bias and
 * limit, which come with {@link PartKernels}.
 *
 * <p>The limit is named {@code least}: in OpenCL, a parameter {@code min} would hide the function.
 */
final class TiledMatrixKernels {
  private static final int GROUP = TileLayout.GROUP;
  private static final int MOST = TileLayout.MOST;
  private static final int TERMS = TileLayout.TERMS;
  private static final int PITCH = TileLayout.PITCH;

  private TiledMatrixKernels() {}

  /** y[b,o] = Σ_i x[b,i] W[o,i] + bias[o], without bias where its offset is negative; not below {@code least}. */
  static void forward(
      KernelContext context, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int in, int out, float least, int share, int down, int across, int run) {
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
    int first = context.groupIdz * share;
    int last = TornadoMath.min(in, first + share);
    for (int i = 0; i < 1 << down + across; i++) {
      sums[i] = 0f;
    }
    for (int k = first - TERMS; k < last; k += TERMS) {
      int next = k + TERMS;
      for (int i = 0; i < 1 << down; i++) {
        nextLeft[i] = TileLayout.element(x, 0, in, batch, last, firstRow + row + i * GROUP, next + column);
      }
      for (int i = 0; i < 1 << across; i++) {
        nextRight[i] = TileLayout.element(parameters, weight, in, out, last, firstColumn + row + i * GROUP, next + column);
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
      for (int j = 0; j < 1 << down; j++) {
        int r = firstRow + leftAt + TileLayout.place(j, down, run);
        if (r < batch && c < out) {
          float sum = sums[(j << across) + i];
          if (bias >= 0) {
            sum += parameters.get(bias + c);
          }
          y.set((context.groupIdz * batch + r) * out + c, NanMath.atLeast(sum, least));
        }
      }
    }
  }

  /** dx[b,i] = Σ_o dy[b,o] W[o,i]. */
  static void backwardInput(
      KernelContext context, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int in, int out, int share, int down, int across, int run) {
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
    int first = context.groupIdz * share;
    int last = TornadoMath.min(out, first + share);
    for (int i = 0; i < 1 << down + across; i++) {
      sums[i] = 0f;
    }
    for (int k = first - TERMS; k < last; k += TERMS) {
      int next = k + TERMS;
      for (int i = 0; i < 1 << down; i++) {
        nextLeft[i] = TileLayout.element(dy, 0, out, batch, last, firstRow + row + i * GROUP, next + column);
      }
      for (int i = 0; i < 1 << across; i++) {
        nextRight[i] = TileLayout.element(parameters, weight, in, last, in, next + row, firstColumn + column + i * GROUP);
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
        right[row * PITCH + column + i * GROUP] = nextRight[i];
      }
      context.localBarrier();
    }
    for (int i = 0; i < 1 << across; i++) {
      int c = firstColumn + rightAt + TileLayout.place(i, across, run);
      for (int j = 0; j < 1 << down; j++) {
        int r = firstRow + leftAt + TileLayout.place(j, down, run);
        if (r < batch && c < in) {
          dx.set((context.groupIdz * batch + r) * in + c, sums[(j << across) + i]);
        }
      }
    }
  }

  /**
   * dW[o,i] = Σ_b dy[b,o] x[b,i], and dbias[o] = Σ_b dy[b,o], as if x had a column of ones behind its last; no dbias
   * where its offset is negative.
   *
   * @param distance from one part's gradients to the next one's
   */
  static void backwardParameters(
      KernelContext context, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias, int distance,
      int batch, int in, int out, int share, int down, int across, int run) {
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
    int first = context.groupIdz * share;
    int last = TornadoMath.min(batch, first + share);
    for (int i = 0; i < 1 << down + across; i++) {
      sums[i] = 0f;
    }
    for (int k = first - TERMS; k < last; k += TERMS) {
      int next = k + TERMS;
      for (int i = 0; i < 1 << down; i++) {
        nextLeft[i] = TileLayout.element(dy, 0, out, last, out, next + row, firstRow + column + i * GROUP);
      }
      for (int i = 0; i < 1 << across; i++) {
        int c = firstColumn + column + i * GROUP;
        float value = TileLayout.element(x, 0, in, last, in, next + row, c);
        if (c == in && next + row < last) {
          value = 1f;
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
        left[row * PITCH + column + i * GROUP] = nextLeft[i];
      }
      for (int i = 0; i < 1 << across; i++) {
        right[row * PITCH + column + i * GROUP] = nextRight[i];
      }
      context.localBarrier();
    }
    for (int i = 0; i < 1 << across; i++) {
      int c = firstColumn + rightAt + TileLayout.place(i, across, run);
      int own = context.groupIdz * distance;
      for (int j = 0; j < 1 << down; j++) {
        int r = firstRow + leftAt + TileLayout.place(j, down, run);
        if (r < out && c < in) {
          gradients.set(own + weight + r * in + c, sums[(j << across) + i]);
        }
        if (r < out && c == in && bias >= 0) {
          gradients.set(own + bias + r, sums[(j << across) + i]);
        }
      }
    }
  }
}
