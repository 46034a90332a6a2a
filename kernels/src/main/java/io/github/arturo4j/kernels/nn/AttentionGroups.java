// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.GroupGrid;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** {@link AttentionKernels} in {@link KernelShape#GROUPS}: a work-group a row, neighbouring threads on neighbouring positions. */
final class AttentionGroups {
  /** Threads of a work-group. */
  private static final int SIZE = 128;

  private AttentionGroups() {}

  /** The grid of these kernels. */
  static WorkerGrid grid(int rows) {
    return GroupGrid.of(rows, SIZE);
  }

  /** {@link AttentionKernels#softmax}, with its arguments. */
  static void softmax(KernelContext context, FloatArray scores, int positions, int causal, float scale) {
    float[] local = context.allocateFloatLocalArray(SIZE);
    int row = context.groupIdx;
    int thread = context.localIdx;
    int start = row * positions;
    int seen = AttentionKernels.seen(row, positions, causal);
    float max = Float.NEGATIVE_INFINITY;
    for (int i = thread; i < seen; i += SIZE) {
      if (scores.get(start + i) > max) {
        max = scores.get(start + i);
      }
    }
    local[thread] = max;
    for (int stride = SIZE / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        if (local[thread + stride] > local[thread]) {
          local[thread] = local[thread + stride];
        }
      }
    }
    context.localBarrier();
    float greatest = local[0];
    context.localBarrier();
    float part = 0f;
    for (int i = thread; i < seen; i += SIZE) {
      part += TornadoMath.exp((scores.get(start + i) - greatest) * scale);
    }
    local[thread] = part;
    for (int stride = SIZE / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
      }
    }
    context.localBarrier();
    float share = 1f / local[0];
    for (int i = thread; i < positions; i += SIZE) {
      float weight = 0f;
      if (i < seen) {
        weight = TornadoMath.exp((scores.get(start + i) - greatest) * scale) * share;
      }
      scores.set(start + i, weight);
    }
  }

  /** {@link AttentionKernels#backward}, with its arguments. */
  static void backward(
      KernelContext context, FloatArray gradient, FloatArray weights, int positions, int causal, float scale) {
    float[] local = context.allocateFloatLocalArray(SIZE);
    int row = context.groupIdx;
    int thread = context.localIdx;
    int start = row * positions;
    int seen = AttentionKernels.seen(row, positions, causal);
    float part = 0f;
    for (int i = thread; i < seen; i += SIZE) {
      part += gradient.get(start + i) * weights.get(start + i);
    }
    local[thread] = part;
    for (int stride = SIZE / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
      }
    }
    context.localBarrier();
    float product = local[0];
    for (int i = thread; i < positions; i += SIZE) {
      float slope = 0f;
      if (i < seen) {
        slope = scale * weights.get(start + i) * (gradient.get(start + i) - product);
      }
      gradient.set(start + i, slope);
    }
  }
}
