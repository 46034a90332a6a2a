// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.nn.DropoutKernels;
import io.github.arturo4j.kernels.nn.HalvingPoolKernels;
import io.github.arturo4j.kernels.nn.ReluKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tasks of an {@link Affine}. */
final class AffineTasks extends StageTasks {
  private final Affine stage;
  private final LinearAlgebra algebra;
  private final int planes;
  private final int height;
  private final int width;

  /** Behind the linear layer and its ReLU; what dropout changes, if there is no pooling. */
  private final FloatArray activation;

  AffineTasks(Affine stage, StageSite site) {
    super(stage, site);
    this.stage = stage;
    algebra = site.algebra();
    planes = batch() * stage.linear().channels();
    height = stage.linear().height();
    width = stage.linear().width();
    activation = stage.pool() ? floats(stage.linear().size()) : output().values();
  }

  @Override
  public void addForward(ForwardPass pass) {
    KernelGraph graph = pass.graph();
    stage.map()
        .addForward(
            graph, name(), algebra, input().values(), pass.arrays().parameters(), activation, batch(), stage.relu());
    if (pass.dropout() && stage.dropout() > 0) {
      addDropout(graph, pass.arrays().control().array(), pass.randomKey());
    } else if (stage.pool()) {
      String task = graph.task(name() + "Pool");
      FloatArray y = output().values();
      graph.cost(task, HalvingPoolKernels.forwardCost(planes, height, width));
      graph.loops(task, planes, height / 2, width / 2);
      graph.add(g -> g.task(task, HalvingPoolKernels::forward, activation, y, planes, height, width));
    }
  }

  /** Adds the dropout, and the pooling if there is one. */
  private void addDropout(KernelGraph graph, IntArray control, int key) {
    String task = graph.task(name() + "Dropout");
    FloatArray y = output().values();
    int threshold = DropoutKernels.threshold(stage.dropout());
    float scale = DropoutKernels.scale(stage.dropout());
    if (stage.pool()) {
      graph.cost(task, HalvingPoolKernels.forwardWithDropoutCost(planes, height, width));
      graph.loops(task, planes, height / 2, width / 2);
      graph.add(
          g ->
              g.task(
                  task, HalvingPoolKernels::forwardWithDropout, activation, y, control, planes, height, width, key,
                  threshold, scale));
    } else {
      graph.cost(task, DropoutKernels.forwardCost(y.getSize()));
      graph.add(g -> g.task(task, DropoutKernels::forward, y, control, key, threshold, scale));
    }
  }

  @Override
  public void addBackward(KernelGraph graph, NetworkArrays arrays) {
    String back = name() + "Back";
    FloatArray dy = addActivationBackward(graph, back);
    stage.map()
        .addBackwardParameters(graph, back, algebra, input().values(), dy, arrays.gradients(), batch());
    if (input().differentiable()) {
      stage.map()
          .addBackwardInput(graph, back, algebra, dy, arrays.parameters(), input().newGradient(), batch());
    }
  }

  /** Back through all that is behind the linear layer; the gradient with respect to what it puts out. */
  private FloatArray addActivationBackward(KernelGraph graph, String back) {
    FloatArray y = output().values();
    FloatArray dy = output().gradient(graph, back);
    float scale = DropoutKernels.scale(stage.dropout());
    if (!stage.pool()) {
      if (stage.relu()) {
        String task = graph.task(back + "Relu");
        graph.cost(task, ReluKernels.backwardCost(dy.getSize()));
        graph.add(g -> g.task(task, ReluKernels::backward, dy, y, scale));
      }
      return dy;
    }
    FloatArray dx = activation; // in its place
    String task = graph.task(back + "Pool");
    graph.cost(task, HalvingPoolKernels.backwardCost(planes, height, width));
    graph.loops(task, planes, height / 2, width / 2);
    graph.add(
        g -> g.task(task, HalvingPoolKernels::backward, activation, y, dy, dx, planes, height, width, scale));
    if (height % 2 == 1 || width % 2 == 1) {
      String edges = graph.task(back + "Edges");
      graph.cost(edges, HalvingPoolKernels.clearEdgesCost(planes, height, width));
      graph.add(g -> g.task(edges, HalvingPoolKernels::clearEdges, dx, planes, height, width));
    }
    return dx;
  }
}
