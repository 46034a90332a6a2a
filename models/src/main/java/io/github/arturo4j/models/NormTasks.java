// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.BatchNorm2d;
import io.github.arturo4j.kernels.nn.BatchNormGradient;
import io.github.arturo4j.kernels.nn.BatchNormTasks;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A batch normalisation, with the shortcut that is added to it and the ReLU behind that. */
final class NormTasks extends StageTasks {
  private static final float NO_LIMIT = Float.NEGATIVE_INFINITY;

  private final Stage.Norm stage;
  private final int batch;
  private final int channels;
  private final int pixels;
  private final Activation input;
  private final Activation shortcut;
  private final FloatArray coefficients;

  NormTasks(Stage.Norm stage, int batch, Activation input, Activation shortcut) {
    super(stage.name(), batch * stage.output().size());
    this.stage = stage;
    this.batch = batch;
    this.input = input;
    this.shortcut = shortcut;
    channels = stage.output().channels();
    pixels = stage.output().height() * stage.output().width();
    coefficients = new FloatArray(BatchNorm2d.coefficients(channels, pixels));
  }

  private FloatArray sums() {
    return new FloatArray(2 * BatchNorm2d.groups(batch) * channels * pixels);
  }

  @Override
  void addForward(KernelGraph graph, NetworkArrays arrays, boolean training) {
    FloatArray parameters = arrays.parameters();
    FloatArray buffers = arrays.buffers();
    FloatArray x = input.values();
    FloatArray y = output().values();
    int size = channels * pixels;
    int weight = stage.weight().offset();
    int bias = stage.bias().offset();
    int mean = stage.mean().offset();
    int variance = stage.variance().offset();
    if (training) {
      IntArray control = arrays.control().array();
      FloatArray moments = sums();
      int groups = BatchNorm2d.groups(batch);
      String momentsTask = graph.task(name() + "Moments");
      graph.cost(momentsTask, Cost.elements((long) batch * size, 4, 1, 0));
      graph.loops(momentsTask, groups, size);
      graph.add(g -> g.task(momentsTask, BatchNorm2d::moments, x, control, moments, batch, size));
      String statistics = graph.task(name() + "Statistics");
      graph.cost(statistics, Cost.elements(2L * groups * size, 4, 1, 0));
      BatchNormTasks.addStatistics(
          graph, graph.shape(), statistics, moments, parameters, buffers, control, coefficients, weight, bias, mean,
          variance, groups, channels, pixels);
    } else {
      KernelGraph prologue = graph.prologue(); // the same for all batches of an evaluation
      String running = prologue.task(name() + "Running");
      prologue.cost(running, Cost.elements(channels, 5, 4, 2));
      prologue.add(
          g ->
              g.task(
                  running, BatchNorm2d::running, parameters, buffers, coefficients, weight, bias, mean, variance,
                  channels, pixels));
    }
    float min = stage.relu() ? 0f : NO_LIMIT;
    String task = graph.task(name());
    graph.cost(task, Cost.elements((long) batch * size, 3, shortcut == null ? 1 : 2, 1));
    graph.loops(task, batch, size);
    if (shortcut == null) {
      graph.add(g -> g.task(task, BatchNorm2d::affine, x, coefficients, y, batch, size, min));
    } else {
      FloatArray added = shortcut.values();
      graph.add(g -> g.task(task, BatchNorm2d::affineAdd, x, added, coefficients, y, batch, size, min));
    }
  }

  @Override
  void addBackward(KernelGraph graph, NetworkArrays arrays) {
    String back = name() + "Back";
    boolean reluApart = stage.relu() && shortcut != null;
    FloatArray dy = reluApart ? output().gradientThroughRelu(graph, back) : output().gradient(graph, back);
    float open = stage.relu() && !reluApart ? 0f : 1f;
    IntArray control = arrays.control().array();
    FloatArray gradients = arrays.gradients();
    FloatArray x = input.values();
    int size = channels * pixels;
    int groups = BatchNorm2d.groups(batch);
    int weight = stage.weight().offset();
    int bias = stage.bias().offset();
    FloatArray sums = sums();
    FloatArray slopes = new FloatArray(2 * size);
    String sumsTask = graph.task(back + "Sums");
    graph.cost(sumsTask, Cost.elements((long) batch * size, 4, 2, 0));
    graph.loops(sumsTask, groups, size);
    graph.add(
        g -> g.task(sumsTask, BatchNormGradient::sums, dy, x, coefficients, control, sums, batch, size, open));
    String slopesTask = graph.task(back + "Slopes");
    graph.cost(slopesTask, Cost.elements(2L * groups * size, 1, 1, 0));
    BatchNormTasks.addSlopes(
        graph, graph.shape(), slopesTask, sums, coefficients, control, gradients, slopes, weight, bias, groups,
        channels, pixels);
    if (input.differentiable()) {
      FloatArray dx = input.newGradient();
      String task = graph.task(back);
      graph.cost(task, Cost.elements((long) batch * size, 5, 2, 1));
      graph.loops(task, batch, size);
      graph.add(
          g ->
              g.task(
                  task, BatchNormGradient::backward, dy, x, coefficients, slopes, control, dx, batch, size, open));
    }
    if (shortcut != null && shortcut.differentiable()) {
      shortcut.addGradient(dy);
    }
  }
}
