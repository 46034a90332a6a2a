// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.GroupGrid;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The means of {@link PoolingKernels} in {@link KernelShape#GROUPS}: neighbouring threads read neighbouring pixels. */
final class PlaneGroups {
  /** Threads of a work-group. */
  private static final int SIZE = 256;

  /** Threads that sum a plane, at most: their reads fill a cache line of 128 bytes. */
  private static final int MAX_LANES = 32;

  private PlaneGroups() {}

  /** Threads that sum a plane, a power of 2: as many as there are pixels, nearly, so that few are idle. */
  static int lanes(int pixels) {
    return Integer.highestOneBit(Math.min(pixels, MAX_LANES));
  }

  /** The grid of {@link #average}. */
  static WorkerGrid grid(int planes, int pixels) {
    return GroupGrid.of(Math.ceilDiv(planes * lanes(pixels), SIZE), SIZE);
  }

  /**
   * {@link PoolingKernels#average}, with its arguments.
   *
   * @param lanes see {@link #lanes}
   */
  static void average(
      KernelContext context, FloatArray x, FloatArray y, int planes, int pixels, int lanes) {
    float[] local = context.allocateFloatLocalArray(SIZE);
    int thread = context.localIdx;
    int p = context.globalIdx / lanes;
    int lane = context.globalIdx - p * lanes;
    float sum = 0f;
    if (p < planes) {
      for (int i = lane; i < pixels; i += lanes) {
        sum += x.get(p * pixels + i);
      }
    }
    local[thread] = sum;
    for (int stride = lanes / 2; stride > 0; stride >>= 1) {
      context.localBarrier();
      if (lane < stride) {
        local[thread] = local[thread] + local[thread + stride];
      }
    }
    if (lane == 0) {
      if (p < planes) {
        y.set(p, local[thread] / pixels);
      }
    }
  }
}
