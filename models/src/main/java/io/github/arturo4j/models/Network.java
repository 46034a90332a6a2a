// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A feed-forward network: its layers, shapes, and the layout of its parameters in one flat buffer. */
public final class Network {
  private final String name;
  private final Shape input;
  private final List<Layer> layers;
  private final List<Stage> stages = new ArrayList<>();
  private final List<ParameterSpec> parameters = new ArrayList<>();
  private int parameterCount;

  /**
   * A network of layers, one behind the other.
   *
   * @param name as an experiment names it
   * @param input shape of an image
   * @param layers first to last; the last has to be linear, and puts out one logit a class
   * @throws IllegalArgumentException if a layer cannot stand where it does
   */
  public Network(String name, Shape input, List<Layer> layers) {
    this.name = name;
    this.input = input;
    this.layers = List.copyOf(layers);
    Shape shape = input;
    for (int i = 0; i < layers.size(); i++) {
      switch (layers.get(i)) {
        case Layer.Convolution c -> addConvolution(i, c, shape);
        case Layer.Linear l -> addLinear(i, l, shape);
        case Layer.Relu _ -> change(last().withRelu());
        case Layer.MaxPool _ -> change(last().withPool());
        case Layer.Dropout d -> change(last().withDropout(d.probability()));
        case Layer.Flatten _ -> {
          shape = new Shape(shape.size(), 1, 1);
          continue;
        }
      }
      shape = last().output();
    }
    if (layers.isEmpty() || !(layers.getLast() instanceof Layer.Linear)) {
      throw new IllegalArgumentException("the last layer of " + name + " has to be linear");
    }
  }

  private void addConvolution(int index, Layer.Convolution c, Shape in) {
    Shape out =
        new Shape(
            c.outChannels(),
            in.height() + 2 * c.padding() - c.kernel() + 1,
            in.width() + 2 * c.padding() - c.kernel() + 1);
    int[] weight = {c.outChannels(), in.channels(), c.kernel(), c.kernel()};
    addStage("convolution" + index, index, c, in, out, weight);
  }

  private void addLinear(int index, Layer.Linear l, Shape in) {
    if (in.height() != 1 || in.width() != 1) {
      throw new IllegalArgumentException(
          "layer " + index + " is linear, and its input " + in + " is not flat");
    }
    addStage("linear" + index, index, l, in, new Shape(l.out(), 1, 1), new int[] {l.out(), in.size()});
  }

  private void addStage(String stageName, int index, Layer layer, Shape in, Shape out, int[] weightShape) {
    int size = 1;
    for (int s : weightShape) {
      size *= s;
    }
    int fanIn = size / weightShape[0];
    ParameterSpec weight = addParameter(index + ".weight", weightShape, size, fanIn);
    ParameterSpec bias = addParameter(index + ".bias", new int[] {weightShape[0]}, weightShape[0], fanIn);
    stages.add(new Stage(stageName, layer, in, out, weight, bias, false, false, 0));
  }

  private ParameterSpec addParameter(String parameter, int[] shape, int size, int fanIn) {
    ParameterSpec spec = new ParameterSpec(parameter, shape, parameterCount, size, fanIn);
    parameters.add(spec);
    parameterCount += size;
    return spec;
  }

  private Stage last() {
    if (stages.isEmpty()) {
      throw new IllegalArgumentException(
          "the first layer has to be a convolution, a linear layer or a flatten");
    }
    return stages.getLast();
  }

  private void change(Stage stage) {
    stages.set(stages.size() - 1, stage);
  }

  /** The network's name. */
  public String name() {
    return name;
  }

  /** Shape of an image. */
  public Shape input() {
    return input;
  }

  /** Number of classes, that is of logits. */
  public int classes() {
    return stages.getLast().output().size();
  }

  /** The layers, first to last. */
  public List<Layer> layers() {
    return layers;
  }

  /** The units that run together. */
  List<Stage> stages() {
    return List.copyOf(stages);
  }

  /** The parameters in the order of the flat buffer. */
  public List<ParameterSpec> parameters() {
    return List.copyOf(parameters);
  }

  /** Size of the flat buffer. */
  public int parameterCount() {
    return parameterCount;
  }

  /**
   * New parameters: weights and biases uniform in ±1/√fanIn (the default of PyTorch's Conv2d and Linear).
   *
   * @param seed equal seeds give equal parameters
   */
  public float[] initialParameters(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[parameterCount];
    for (ParameterSpec spec : parameters) {
      double bound = 1 / Math.sqrt(spec.fanIn());
      for (int i = 0; i < spec.size(); i++) {
        values[spec.offset() + i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
    }
    return values;
  }

  @Override
  public String toString() {
    return name;
  }
}
