// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.nn.Dropout;
import io.github.arturo4j.kernels.nn.MaxPool2d;
import io.github.arturo4j.kernels.nn.Relu;
import io.github.arturo4j.kernels.nn.StepControl;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The tasks of one stage, and the activations between them, on the device only. */
final class StageTasks {
  private final Stage stage;
  private final LinearAlgebra algebra;
  private final int batch;
  private final FloatArray x;

  /** Behind the linear layer and its ReLU; what dropout changes, if there is no pooling. */
  private final FloatArray activation;

  /** Behind everything. */
  private final FloatArray output;

  private FloatArray outputGradient;
  private FloatArray activationGradient;

  StageTasks(Stage stage, LinearAlgebra algebra, int batch, FloatArray x) {
    this.stage = stage;
    this.algebra = algebra;
    this.batch = batch;
    this.x = x;
    activation = new FloatArray(batch * stage.linear().size());
    output = stage.pool() ? new FloatArray(batch * stage.output().size()) : activation;
  }

  FloatArray output() {
    return output;
  }

  /** Where the next stage, or the loss, leaves the gradient with respect to the output. */
  FloatArray outputGradient() {
    if (outputGradient == null) {
      outputGradient = new FloatArray(output.getSize());
      activationGradient = stage.pool() ? new FloatArray(activation.getSize()) : outputGradient;
    }
    return outputGradient;
  }

  void addForward(KernelGraph graph, FloatArray parameters) {
    int weight = stage.weight().offset();
    int bias = stage.bias().offset();
    switch (stage.layer()) {
      case Layer.Convolution c ->
          algebra.convolutionForward(
              graph, stage.name(), x, parameters, weight, bias, activation, shape(c), stage.relu());
      default ->
          algebra.linearForward(
              graph, stage.name(), x, parameters, weight, bias, activation, batch, stage.input().size(),
              stage.linear().size(), stage.relu());
    }
    if (stage.pool()) {
      String task = graph.task(stage.name() + "Pool");
      int planes = batch * stage.linear().channels();
      int height = stage.linear().height();
      int width = stage.linear().width();
      graph.cost(task, MaxPool2d.forwardCost(planes, height, width));
      graph.add(g -> g.task(task, MaxPool2d::forward, activation, output, planes, height, width));
    }
  }

  /** Adds the dropout behind {@link #addForward}; {@code index} counts the network's dropouts. */
  void addDropout(KernelGraph graph, StepControl control, int index) {
    String task = graph.task(stage.name() + "Dropout");
    int key = StepControl.key(index);
    int threshold = Dropout.threshold(stage.dropout());
    float scale = Dropout.scale(stage.dropout());
    graph.cost(task, Dropout.forwardCost(output.getSize()));
    graph.add(g -> g.task(task, Dropout::forward, output, control.array(), key, threshold, scale));
  }

  /**
   * Adds the way back.
   *
   * @param inputGradient where the gradient with respect to the input goes; null if nobody wants it
   */
  void addBackward(KernelGraph graph, FloatArray parameters, FloatArray gradients, FloatArray inputGradient) {
    String name = stage.name() + "Back";
    addActivationBackward(graph, name);
    int weight = stage.weight().offset();
    int bias = stage.bias().offset();
    switch (stage.layer()) {
      case Layer.Convolution c -> {
        ConvolutionShape shape = shape(c);
        algebra.convolutionBackwardParameters(graph, name, x, activationGradient, gradients, weight, bias,
            shape);
        if (inputGradient != null) {
          algebra.convolutionBackwardInput(graph, name, activationGradient, parameters, weight,
              inputGradient, shape);
        }
      }
      default -> {
        int in = stage.input().size();
        int out = stage.linear().size();
        algebra.linearBackwardParameters(
            graph, name, x, activationGradient, gradients, weight, bias, batch, in, out);
        if (inputGradient != null) {
          algebra.linearBackwardInput(
              graph, name, activationGradient, parameters, weight, inputGradient, batch, in, out);
        }
      }
    }
  }

  private void addActivationBackward(KernelGraph graph, String name) {
    FloatArray dy = outputGradient();
    FloatArray dx = activationGradient;
    float scale = Dropout.scale(stage.dropout());
    if (!stage.pool()) {
      if (stage.relu()) {
        String task = graph.task(name + "Relu");
        graph.cost(task, Relu.backwardCost(dy.getSize()));
        graph.add(g -> g.task(task, Relu::backward, dy, output, scale));
      }
      return;
    }
    String task = graph.task(name + "Pool");
    int planes = batch * stage.linear().channels();
    int height = stage.linear().height();
    int width = stage.linear().width();
    graph.cost(task, MaxPool2d.backwardCost(planes, height, width));
    graph.add(g -> g.task(task, MaxPool2d::backward, activation, output, dy, dx, planes, height, width,
        scale));
    if (height % 2 == 1 || width % 2 == 1) {
      String edges = graph.task(name + "Edges");
      graph.cost(edges, MaxPool2d.clearEdgesCost(planes, height, width));
      graph.add(g -> g.task(edges, MaxPool2d::clearEdges, dx, planes, height, width));
    }
  }

  private ConvolutionShape shape(Layer.Convolution c) {
    Shape in = stage.input();
    return new ConvolutionShape(
        batch, in.channels(), in.height(), in.width(), c.outChannels(), c.kernel(), 1, c.padding());
  }

  long bytes() {
    long values = activation.getSize();
    if (stage.pool()) {
      values += output.getSize();
    }
    if (outputGradient != null) {
      values += outputGradient.getSize() + (stage.pool() ? activationGradient.getSize() : 0);
    }
    return 4 * values;
  }
}
