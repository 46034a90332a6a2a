// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.GroupGrid;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * {@link RowNormKernels} in {@link KernelShape#GROUPS}: a work-group a row, or an index of the parameters, neighbouring threads on
 * neighbouring values. A thread a row, as there, reads values that lie a row apart from its neighbours'.
 */
final class RowNormGroups {
  /** Threads of a work-group. */
  private static final int SIZE = 128;

  /** Values of a row at least, for fewer leave most of its threads without any. */
  private static final int FEW = SIZE / 2;

  /** Threads for each processor, about, that sum the gradients of the parameters of a layer normalisation. */
  private static final int THREADS_EACH = 1024;

  /** Rows that such a thread sums at least. */
  private static final int MIN_ROWS = 16;

  private RowNormGroups() {}

  /** Whether a work-group is for so many values. */
  static boolean isFor(KernelShape shape, int values) {
    return shape == KernelShape.GROUPS && values >= FEW;
  }

  /** The grid of {@link #statistics} and {@link #backwardInput}, of a group a row, and of {@link #backwardParameters}, a group an index. */
  static WorkerGrid grid(int groups) {
    return GroupGrid.of(groups, SIZE);
  }

  /** Parts of the rows that are summed by threads of their own, for {@code count} parameters. */
  static int parts(int processors, int rows, int count) {
    return Math.clamp(Math.ceilDiv((long) processors * THREADS_EACH, count), 1, Math.max(1, rows / MIN_ROWS));
  }

  /** {@link RowNormKernels#statistics}, with its arguments. */
  static void statistics(KernelContext context, FloatArray x, FloatArray statistics, int rows, int length, float epsilon) {
    float[] local = context.allocateFloatLocalArray(2 * SIZE);
    int r = context.groupIdx;
    int thread = context.localIdx;
    float part = 0f;
    for (int i = thread; i < length; i += SIZE) {
      part += x.get(r * length + i);
    }
    local[thread] = part;
    for (int stride = SIZE / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
      }
    }
    context.localBarrier();
    float mean = local[0] / length;
    context.localBarrier();
    float rest = 0f;
    float squares = 0f;
    for (int i = thread; i < length; i += SIZE) {
      float d = x.get(r * length + i) - mean;
      rest += d;
      squares += d * d;
    }
    local[thread] = rest;
    local[SIZE + thread] = squares;
    for (int stride = SIZE / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
        int at = SIZE + thread;
        local[at] = local[at] + local[at + stride];
      }
    }
    context.localBarrier();
    if (thread == 0) {
      float allRest = local[0];
      float variance = (local[SIZE] - allRest * allRest / length) / length;
      statistics.set(r, mean + allRest / length);
      statistics.set(rows + r, 1f / TornadoMath.sqrt(variance + epsilon));
    }
  }

  /** {@link RowNormKernels#backwardParameters}, with its arguments; a group an index. */
  static void backwardParameters(
      KernelContext context, FloatArray dy, FloatArray x, FloatArray statistics, FloatArray gradients, int weight, int bias, int rows,
      int length, int period, int divisor) {
    float[] local = context.allocateFloatLocalArray(2 * SIZE);
    int j = context.groupIdx;
    int thread = context.localIdx;
    int values = rows / period * divisor;
    float product = 0f;
    float sum = 0f;
    for (int i = thread; i < values; i += SIZE) {
      int times = i / divisor;
      int first = times * period;
      int at = j * divisor + i - times * divisor;
      int r = first + at / length;
      float gradient = dy.get(first * length + at);
      product += gradient * ((x.get(first * length + at) - statistics.get(r)) * statistics.get(rows + r));
      sum += gradient;
    }
    local[thread] = product;
    local[SIZE + thread] = sum;
    for (int stride = SIZE / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
        int at = SIZE + thread;
        local[at] = local[at] + local[at + stride];
      }
    }
    context.localBarrier();
    if (thread == 0) {
      gradients.set(weight + j, local[0]);
      gradients.set(bias + j, local[SIZE]);
    }
  }

  /** The gradients with respect to x, {@link RowNormKernels#backwardInput}, with its arguments. */
  static void backwardInput(
      KernelContext context, FloatArray dy, FloatArray x, FloatArray statistics, FloatArray parameters, int weight, int rows, int length,
      int period, int divisor) {
    float[] local = context.allocateFloatLocalArray(2 * SIZE);
    int r = context.groupIdx;
    int thread = context.localIdx;
    int start = r * length;
    int first = (r - r / period * period) * length;
    float mean = statistics.get(r);
    float inverse = statistics.get(rows + r);
    float sum = 0f;
    float product = 0f;
    for (int i = thread; i < length; i += SIZE) {
      float g = dy.get(start + i) * parameters.get(weight + (first + i) / divisor);
      sum += g;
      product += g * ((x.get(start + i) - mean) * inverse);
    }
    local[thread] = sum;
    local[SIZE + thread] = product;
    for (int stride = SIZE / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
        int at = SIZE + thread;
        local[at] = local[at] + local[at + stride];
      }
    }
    context.localBarrier();
    float offset = local[0] / length;
    float slope = local[SIZE] / length;
    for (int i = thread; i < length; i += SIZE) {
      float g = dy.get(start + i) * parameters.get(weight + (first + i) / divisor);
      dy.set(start + i, (g - offset - (x.get(start + i) - mean) * inverse * slope) * inverse);
    }
  }

  /**
   * A layer normalisation's {@link RowNormKernels#backwardParameters} of parts of the rows, each of every so many rows:
   * parts[0][part][index] for weights, parts[1][part][index] for biases. A thread an index in a part.
   */
  static void partialParameters(FloatArray dy, FloatArray x, FloatArray statistics, FloatArray parts, int rows, int length, int count) {
    for (@Parallel int n = 0; n < count * length; n++) {
      int part = n / length;
      int j = n - part * length;
      float product = 0f;
      float sum = 0f;
      for (int r = part; r < rows; r += count) {
        float gradient = dy.get(r * length + j);
        product += gradient * ((x.get(r * length + j) - statistics.get(r)) * statistics.get(rows + r));
        sum += gradient;
      }
      parts.set(n, product);
      parts.set(count * length + n, sum);
    }
  }

  /** The sums of the parts. */
  static void mergeParameters(FloatArray parts, FloatArray gradients, int weight, int bias, int length, int count) {
    for (@Parallel int j = 0; j < length; j++) {
      float product = 0f;
      float sum = 0f;
      for (int part = 0; part < count; part++) {
        product += parts.get(part * length + j);
        sum += parts.get((count + part) * length + j);
      }
      gradients.set(weight + j, product);
      gradients.set(bias + j, sum);
    }
  }
}
