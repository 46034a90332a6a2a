// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.nn.Dropout;
import io.github.arturo4j.kernels.nn.MaxPool2d;
import io.github.arturo4j.kernels.nn.Relu;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A convolution or linear layer, with ReLU, 2×2 max-pooling and dropout. */
final class ProductTasks extends StageTasks {
  private final Stage.Product stage;
  private final LinearAlgebra algebra;
  private final int batch;
  private final Activation input;

  /** Behind the linear layer and its ReLU; what dropout changes, if there is no pooling. */
  private final FloatArray activation;

  ProductTasks(Stage.Product stage, LinearAlgebra algebra, int batch, Activation input) {
    super(stage.name(), batch * stage.output().size());
    this.stage = stage;
    this.algebra = algebra;
    this.batch = batch;
    this.input = input;
    activation = stage.pool() ? new FloatArray(batch * stage.linear().size()) : output().values();
  }

  private int weight() {
    return stage.weight().offset();
  }

  private int bias() {
    return stage.bias() == null ? LinearAlgebra.NO_BIAS : stage.bias().offset();
  }

  @Override
  void addForward(KernelGraph graph, NetworkArrays arrays, boolean training) {
    addProduct(graph, arrays);
    if (stage.pool()) {
      String task = graph.task(name() + "Pool");
      FloatArray y = output().values();
      int planes = batch * stage.linear().channels();
      int height = stage.linear().height();
      int width = stage.linear().width();
      graph.cost(task, MaxPool2d.forwardCost(planes, height, width));
      graph.loops(task, planes, height / 2, width / 2);
      graph.add(g -> g.task(task, MaxPool2d::forward, activation, y, planes, height, width));
    }
  }

  private void addProduct(KernelGraph graph, NetworkArrays arrays) {
    FloatArray x = input.values();
    FloatArray parameters = arrays.parameters();
    switch (stage.layer()) {
      case Layer.Convolution c ->
          algebra.convolutionForward(
              graph, name(), x, parameters, weight(), bias(), activation, shape(c), stage.relu());
      default ->
          algebra.linearForward(
              graph, name(), x, parameters, weight(), bias(), activation, batch, stage.in().size(),
              stage.linear().size(), stage.relu());
    }
  }

  boolean hasDropout() {
    return stage.dropout() > 0;
  }

  /** Adds the way forward with its dropout; {@code index} counts the network's dropouts. */
  void addForwardWithDropout(KernelGraph graph, NetworkArrays arrays, int index) {
    addProduct(graph, arrays);
    String task = graph.task(name() + "Dropout");
    IntArray control = arrays.control().array();
    FloatArray y = output().values();
    int key = BatchControl.key(index);
    int threshold = Dropout.threshold(stage.dropout());
    float scale = Dropout.scale(stage.dropout());
    if (stage.pool()) {
      int planes = batch * stage.linear().channels();
      int height = stage.linear().height();
      int width = stage.linear().width();
      graph.cost(task, MaxPool2d.forwardWithDropoutCost(planes, height, width));
      graph.loops(task, planes, height / 2, width / 2);
      graph.add(
          g ->
              g.task(
                  task, MaxPool2d::forwardWithDropout, activation, y, control, planes, height, width, key, threshold,
                  scale));
    } else {
      graph.cost(task, Dropout.forwardCost(y.getSize()));
      graph.add(g -> g.task(task, Dropout::forward, y, control, key, threshold, scale));
    }
  }

  @Override
  void addBackward(KernelGraph graph, NetworkArrays arrays) {
    String back = name() + "Back";
    FloatArray x = input.values();
    FloatArray dy = addActivationBackward(graph, back);
    FloatArray parameters = arrays.parameters();
    FloatArray gradients = arrays.gradients();
    switch (stage.layer()) {
      case Layer.Convolution c -> {
        ConvolutionShape shape = shape(c);
        algebra.convolutionBackwardParameters(graph, back, x, dy, gradients, weight(), bias(), shape);
        if (input.differentiable()) {
          algebra.convolutionBackwardInput(graph, back, dy, parameters, weight(), input.newGradient(), shape);
        }
      }
      default -> {
        int in = stage.in().size();
        int out = stage.linear().size();
        algebra.linearBackwardParameters(graph, back, x, dy, gradients, weight(), bias(), batch, in, out);
        if (input.differentiable()) {
          algebra.linearBackwardInput(
              graph, back, dy, parameters, weight(), input.newGradient(), batch, in, out);
        }
      }
    }
  }

  /** Back through all that is behind the linear layer; the gradient with respect to what it puts out. */
  private FloatArray addActivationBackward(KernelGraph graph, String back) {
    FloatArray y = output().values();
    FloatArray dy = output().gradient(graph, back);
    float scale = Dropout.scale(stage.dropout());
    if (!stage.pool()) {
      if (stage.relu()) {
        String task = graph.task(back + "Relu");
        graph.cost(task, Relu.backwardCost(dy.getSize()));
        graph.add(g -> g.task(task, Relu::backward, dy, y, scale));
      }
      return dy;
    }
    FloatArray dx = new FloatArray(activation.getSize());
    String task = graph.task(back + "Pool");
    int planes = batch * stage.linear().channels();
    int height = stage.linear().height();
    int width = stage.linear().width();
    graph.cost(task, MaxPool2d.backwardCost(planes, height, width));
    graph.loops(task, planes, height / 2, width / 2);
    graph.add(g -> g.task(task, MaxPool2d::backward, activation, y, dy, dx, planes, height, width, scale));
    if (height % 2 == 1 || width % 2 == 1) {
      String edges = graph.task(back + "Edges");
      graph.cost(edges, MaxPool2d.clearEdgesCost(planes, height, width));
      graph.add(g -> g.task(edges, MaxPool2d::clearEdges, dx, planes, height, width));
    }
    return dx;
  }

  private ConvolutionShape shape(Layer.Convolution c) {
    Shape in = stage.in();
    return new ConvolutionShape(
        batch, in.channels(), in.height(), in.width(), c.outChannels(), c.kernel(), c.stride(), c.padding());
  }
}
