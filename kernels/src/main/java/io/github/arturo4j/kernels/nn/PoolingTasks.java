// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Adds the tasks of a pooling that each {@link KernelShape} has a kernel of its own for. */
public final class PoolingTasks {
  private PoolingTasks() {}

  /** {@link PoolingKernels#maximumBackward} or {@link PoolingKernels#maximumBackwardByPixel}, as a task of that name. */
  public static void addMaximumBackward(
      KernelGraph graph, KernelShape shape, String task, FloatArray dy, IntArray where, FloatArray dx, int planes,
      int height, int width, int outHeight, int outWidth, int side, int stride, int padding) {
    if (shape == KernelShape.CHUNKS) {
      int pixels = height * width;
      int windows = outHeight * outWidth;
      graph.add(g -> g.task(task, PoolingKernels::maximumBackward, dy, where, dx, planes, pixels, windows));
    } else {
      graph.loops(task, planes, height * width);
      graph.add(
          g ->
              g.task(
                  task, PoolingKernels::maximumBackwardByPixel, dy, where, dx, planes, height, width, outHeight, outWidth,
                  side, stride, padding));
    }
  }

  /** {@link PoolingKernels#average} or {@link PlaneGroups#average}, as a task of that name. */
  public static void addAverage(
      KernelGraph graph, KernelShape shape, String task, FloatArray x, FloatArray y, int planes, int pixels) {
    if (shape == KernelShape.CHUNKS) {
      graph.add(g -> g.task(task, PoolingKernels::average, x, y, planes, pixels));
      return;
    }
    KernelContext context = new KernelContext();
    int lanes = PlaneGroups.lanes(pixels);
    graph.grid(task, PlaneGroups.grid(planes, pixels));
    graph.add(g -> g.task(task, PlaneGroups::average, context, x, y, planes, pixels, lanes));
  }
}
