// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.KernelGraph;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid3D;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Linear algebra in tiled kernels that run on every device TornadoVM knows. */
public final class TiledLinearAlgebra implements LinearAlgebra {
  private static final int TILE = TiledMatrixKernels.TILE;

  /** Parts that the sum over the batch is split into, at most. */
  private static final int PARTS = 32;

  private static final float NO_LIMIT = -Float.MAX_VALUE;

  @Override
  public String name() {
    return "tiled kernels";
  }

  @Override
  public void linearForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      int batch, int in, int out, boolean relu) {
    String task = g.task(name);
    KernelContext context = new KernelContext();
    float least = relu ? 0f : NO_LIMIT;
    g.add(
        graph ->
            graph.task(
                task, TiledMatrixKernels::forward, context, x, parameters, weight, bias, y, batch, in, out,
                least));
    g.cost(task, LayerCosts.linearForward(batch, in, out, relu));
    g.grid(task, tiles(batch, out, 1));
  }

  @Override
  public void linearBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      int batch, int in, int out) {
    String task = g.task(name + "Input");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledMatrixKernels::backwardInput, context, dy, parameters, weight, dx, batch, in,
                out));
    g.cost(task, LayerCosts.linearBackwardInput(batch, in, out));
    g.grid(task, tiles(batch, in, 1));
  }

  @Override
  public void linearBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      int batch, int in, int out) {
    String task = g.task(name + "Weight");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledMatrixKernels::backwardWeight, context, x, dy, gradients, weight, batch, in, out));
    g.cost(task, LayerCosts.linearBackwardWeight(batch, in, out));
    g.grid(task, tiles(out, in, 1));
    String biasTask = g.task(name + "Bias");
    g.cost(biasTask, LayerCosts.linearBackwardBias(batch, out));
    g.add(graph -> graph.task(biasTask, TiledMatrixKernels::backwardBias, dy, gradients, bias, batch, out));
  }

  @Override
  public void convolutionForward(
      KernelGraph g, String name, FloatArray x, FloatArray parameters, int weight, int bias, FloatArray y,
      ConvolutionShape s, boolean relu) {
    String task = g.task(name);
    KernelContext context = new KernelContext();
    float least = relu ? 0f : NO_LIMIT;
    g.add(
        graph ->
            graph.task(
                task, TiledConvolutionKernels::forward, context, x, parameters, weight, bias, y, s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(),
                s.padding(), least));
    g.cost(task, LayerCosts.convolutionForward(s, relu));
    g.grid(task, tiles(s.outChannels(), s.batch() * s.outHeight() * s.outWidth(), 1));
  }

  @Override
  public void convolutionBackwardInput(
      KernelGraph g, String name, FloatArray dy, FloatArray parameters, int weight, FloatArray dx,
      ConvolutionShape s) {
    String task = g.task(name + "Input");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledConvolutionKernels::backwardInput, context, dy, parameters, weight, dx, s.batch(),
                s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(),
                s.padding()));
    g.cost(task, LayerCosts.convolutionBackwardInput(s));
    g.grid(task, tiles(s.inChannels(), s.batch() * s.inHeight() * s.inWidth(), 1));
  }

  @Override
  public void convolutionBackwardParameters(
      KernelGraph g, String name, FloatArray x, FloatArray dy, FloatArray gradients, int weight, int bias,
      ConvolutionShape s) {
    int images = ceilDiv(s.batch(), PARTS);
    int count = ceilDiv(s.batch(), images);
    int size = s.outChannels() * s.inChannels() * s.kernel() * s.kernel();
    int pixels = s.outHeight() * s.outWidth();
    FloatArray weightParts = new FloatArray(count * size);
    FloatArray biasParts = new FloatArray(count * s.outChannels());

    String task = g.task(name + "Weight");
    KernelContext context = new KernelContext();
    g.add(
        graph ->
            graph.task(
                task, TiledConvolutionKernels::backwardWeightPart, context, x, dy, weightParts, images,
                s.batch(), s.inChannels(), s.inHeight(), s.inWidth(), s.outChannels(), s.kernel(), s.stride(),
                s.padding()));
    g.cost(task, LayerCosts.convolutionBackwardWeight(s, count));
    g.grid(task, tiles(s.outChannels(), size / s.outChannels(), count));
    String biasTask = g.task(name + "Bias");
    g.cost(biasTask, LayerCosts.convolutionBackwardBias(s, count));
    g.add(
        graph ->
            graph.task(
                biasTask, TiledConvolutionKernels::backwardBiasPart, dy, biasParts, images, count, s.batch(),
                s.outChannels(), pixels));
    sumParts(g, name + "WeightSum", weightParts, gradients, weight, size, count);
    sumParts(g, name + "BiasSum", biasParts, gradients, bias, s.outChannels(), count);
  }

  private static void sumParts(
      KernelGraph g, String name, FloatArray parts, FloatArray gradients, int offset, int size, int count) {
    String task = g.task(name);
    g.cost(task, LayerCosts.sumParts(size, count));
    g.add(
        graph -> graph.task(task, TiledConvolutionKernels::sumParts, parts, gradients, offset, size, count));
  }

  /** One thread per element of a rows×columns result, in whole tiles, {@code parts} times. */
  private static WorkerGrid tiles(int rows, int columns, int parts) {
    WorkerGrid grid = new WorkerGrid3D(ceilDiv(columns, TILE) * TILE, ceilDiv(rows, TILE) * TILE, parts);
    grid.setLocalWork(TILE, TILE, 1);
    return grid;
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
