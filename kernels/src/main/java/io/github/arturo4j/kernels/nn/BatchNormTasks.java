// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.KernelGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Adds the tasks of a batch normalisation that each {@link KernelShape} has a kernel of its own for. */
public final class BatchNormTasks {
  private BatchNormTasks() {}

  /** {@link BatchNormKernels#statistics} or {@link ChannelGroups#statistics}, as a task of that name. */
  public static void addStatistics(
      KernelGraph graph, KernelShape shape, String task, FloatArray moments, FloatArray parameters, FloatArray buffers,
      IntArray control, FloatArray coefficients, int weight, int bias, int mean, int variance, int groups,
      int channels, int pixels) {
    if (shape == KernelShape.CHUNKS) {
      graph.add(
          g ->
              g.task(
                  task, BatchNormKernels::statistics, moments, parameters, buffers, control, coefficients, weight, bias,
                  mean, variance, groups, channels, pixels));
      return;
    }
    KernelContext context = new KernelContext();
    graph.grid(task, ChannelGroups.grid(channels));
    graph.add(
        g ->
            g.task(
                task, ChannelGroups::statistics, context, moments, parameters, buffers, control, coefficients, weight,
                bias, mean, variance, groups, channels, pixels));
  }

  /** {@link BatchNormGradientKernels#slopes} or {@link ChannelGroups#slopes}, as a task of that name. */
  public static void addSlopes(
      KernelGraph graph, KernelShape shape, String task, FloatArray sums, FloatArray coefficients, IntArray control,
      FloatArray gradients, FloatArray slopes, int weight, int bias, int groups, int channels, int pixels) {
    if (shape == KernelShape.CHUNKS) {
      graph.add(
          g ->
              g.task(
                  task, BatchNormGradientKernels::slopes, sums, coefficients, control, gradients, slopes, weight, bias,
                  groups, channels, pixels));
      return;
    }
    KernelContext context = new KernelContext();
    graph.grid(task, ChannelGroups.grid(channels));
    graph.add(
        g ->
            g.task(
                task, ChannelGroups::slopes, context, sums, coefficients, control, gradients, slopes, weight, bias,
                groups, channels, pixels));
  }
}
