// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.GroupGrid;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What {@link BatchNormKernels} and {@link BatchNormGradientKernels} merge per channel, in {@link KernelShape#GROUPS}: a work-group
 * a channel. Its threads go through the channel's values group by group, neighbours through neighbouring pixels.
 */
final class ChannelGroups {
  /** Threads of a work-group. */
  private static final int SIZE = 256;

  private ChannelGroups() {}

  /** The grid of these kernels. */
  static WorkerGrid grid(int channels) {
    return GroupGrid.of(channels, SIZE);
  }

  /** {@link BatchNormKernels#statistics}, with its arguments. */
  static void statistics(
      KernelContext context, FloatArray moments, FloatArray parameters, FloatArray buffers, IntArray control,
      FloatArray coefficients, int weight, int bias, int mean, int variance, int groups, int channels, int pixels) {
    float[] local = context.allocateFloatLocalArray(SIZE);
    int c = context.groupIdx;
    int thread = context.localIdx;
    int size = channels * pixels;
    int count = control.get(BatchControl.COUNT);
    float values = count * pixels;
    float sum = 0f;
    for (int i = thread; i < groups * pixels; i += SIZE) {
      int g = i / pixels;
      sum += BatchNormKernels.images(g, count) * moments.get(2 * g * size + c * pixels + i - g * pixels);
    }
    local[thread] = sum;
    for (int stride = SIZE / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
      }
    }
    context.localBarrier();
    float batchMean = local[0] / values;
    context.localBarrier();
    float part = 0f;
    for (int i = thread; i < groups * pixels; i += SIZE) {
      int g = i / pixels;
      int at = 2 * g * size + c * pixels + i - g * pixels;
      float d = moments.get(at) - batchMean;
      part += moments.get(at + size) + BatchNormKernels.images(g, count) * d * d;
    }
    local[thread] = part;
    for (int stride = SIZE / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
      }
    }
    context.localBarrier();
    float squares = local[0];
    float inverse = 1f / TornadoMath.sqrt(squares / values + BatchNormKernels.EPSILON);
    float scale = parameters.get(weight + c) * inverse;
    float shift = parameters.get(bias + c);
    for (int p = thread; p < pixels; p += SIZE) {
      coefficients.set(c * pixels + p, batchMean);
      coefficients.set(size + c * pixels + p, scale);
      coefficients.set(2 * size + c * pixels + p, shift);
    }
    if (thread == 0) {
      coefficients.set(3 * size + c, inverse);
      BatchNormKernels.move(buffers, mean + c, batchMean);
      BatchNormKernels.move(buffers, variance + c, squares / TornadoMath.max(1f, values - 1f));
    }
  }

  /** {@link BatchNormGradientKernels#slopes}, with its arguments. */
  static void slopes(
      KernelContext context, FloatArray sums, FloatArray coefficients, IntArray control, FloatArray gradients,
      FloatArray slopes, int weight, int bias, int groups, int channels, int pixels) {
    float[] local = context.allocateFloatLocalArray(2 * SIZE);
    int c = context.groupIdx;
    int thread = context.localIdx;
    int size = channels * pixels;
    float values = control.get(BatchControl.COUNT) * pixels;
    float sumPart = 0f;
    float productPart = 0f;
    for (int i = thread; i < groups * pixels; i += SIZE) {
      int g = i / pixels;
      int at = 2 * g * size + c * pixels + i - g * pixels;
      sumPart += sums.get(at);
      productPart += sums.get(at + size);
    }
    local[thread] = sumPart;
    local[SIZE + thread] = productPart;
    for (int stride = SIZE / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
        int at = SIZE + thread;
        local[at] = local[at] + local[at + stride];
      }
    }
    context.localBarrier();
    float sum = local[0];
    float product = local[SIZE];
    float inverse = coefficients.get(3 * size + c);
    float scale = coefficients.get(size + c * pixels);
    float slope = -scale * inverse * inverse * product / values;
    float offset = -scale * sum / values;
    for (int p = thread; p < pixels; p += SIZE) {
      slopes.set(c * pixels + p, slope);
      slopes.set(size + c * pixels + p, offset);
    }
    if (thread == 0) {
      gradients.set(weight + c, product * inverse);
      gradients.set(bias + c, sum);
    }
  }
}
