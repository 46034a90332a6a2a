// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.GroupGrid;
import io.github.arturo4j.kernels.graph.LoopGrid;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A factor for each channel of x, [batch, channels, pixels]: Touvron et al., <i>Going deeper with Image Transformers</i>, ICCV 2021. */
public final class LayerScaleKernels {
  /** Threads of a work-group. */
  private static final int SIZE = 256;

  private LayerScaleKernels() {}

  /**
   * y = x · factor of the channel.
   *
   * @param parameters hold the factors from {@code weight} on
   */
  public static void forward(FloatArray x, FloatArray parameters, FloatArray y, int weight, int batch, int channels, int pixels) {
    for (@Parallel int plane = 0; plane < batch * channels; plane++) {
      for (@Parallel int p = 0; p < (pixels & LoopGrid.ANY); p++) {
        y.set(plane * pixels + p, x.get(plane * pixels + p) * parameters.get(weight + plane % channels));
      }
    }
  }

  /** The gradient with respect to x: dy is multiplied by the channel's factor, in place. */
  public static void backwardInput(FloatArray dy, FloatArray parameters, int weight, int batch, int channels, int pixels) {
    for (@Parallel int plane = 0; plane < batch * channels; plane++) {
      for (@Parallel int p = 0; p < (pixels & LoopGrid.ANY); p++) {
        dy.set(plane * pixels + p, dy.get(plane * pixels + p) * parameters.get(weight + plane % channels));
      }
    }
  }

  /**
   * The gradient with respect to the factors, Σ dy · x of a channel; a thread a channel.
   *
   * @param gradients are to hold it from {@code weight} on
   */
  static void backwardParameters(
      FloatArray dy, FloatArray x, FloatArray gradients, int weight, int batch, int channels, int pixels) {
    for (@Parallel int c = 0; c < (channels & LoopGrid.ANY); c++) {
      float sum = 0f;
      for (int b = 0; b < batch; b++) {
        int start = (b * channels + c) * pixels;
        float part = 0f;
        for (int i = start; i < start + pixels; i++) {
          part += dy.get(i) * x.get(i);
        }
        sum += part;
      }
      gradients.set(weight + c, sum);
    }
  }

  /** The grid of {@link #backwardParametersByGroup}. */
  static WorkerGrid grid(int channels) {
    return GroupGrid.of(channels, SIZE);
  }

  /** {@link #backwardParameters} in {@link KernelShape#GROUPS}: a work-group a channel. */
  static void backwardParametersByGroup(
      KernelContext context, FloatArray dy, FloatArray x, FloatArray gradients, int weight, int batch, int channels,
      int pixels) {
    float[] local = context.allocateFloatLocalArray(SIZE);
    int c = context.groupIdx;
    int thread = context.localIdx;
    float part = 0f;
    for (int i = thread; i < batch * pixels; i += SIZE) {
      int b = i / pixels;
      int at = (b * channels + c) * pixels + i - b * pixels;
      part += dy.get(at) * x.get(at);
    }
    local[thread] = part;
    for (int stride = SIZE / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (thread < stride) {
        local[thread] = local[thread] + local[thread + stride];
      }
    }
    context.localBarrier();
    if (thread == 0) {
      gradients.set(weight + c, local[0]);
    }
  }
}
