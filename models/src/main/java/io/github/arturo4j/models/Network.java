// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import java.util.List;
import java.util.SplittableRandom;

/** A feed-forward network: its layers, shapes, and the layout of its parameters in one flat buffer. */
public final class Network {
  private final String name;
  private final Shape input;
  private final List<Layer> layers;
  private final List<Stage> stages;
  private final List<ParameterSpec> parameters;
  private final List<ParameterSpec> buffers;
  private final List<String> counters;

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
    NetworkBuilder builder = new NetworkBuilder(input, layers);
    stages = builder.stages();
    parameters = builder.parameters();
    buffers = builder.buffers();
    counters = builder.counters();
    if (stages.isEmpty()
        || !(stages.getLast() instanceof Stage.Product last && last.layer() instanceof Layer.Linear && !last.relu())) {
      throw new IllegalArgumentException("the last layer of " + name + " has to be linear");
    }
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
  public List<Stage> stages() {
    return stages;
  }

  /** The parameters in the order of the flat buffer. */
  public List<ParameterSpec> parameters() {
    return parameters;
  }

  /** Size of the flat buffer. */
  public int parameterCount() {
    return size(parameters);
  }

  /** The running statistics of batch normalisations, in the order of a flat buffer of their own; often none. */
  public List<ParameterSpec> buffers() {
    return buffers;
  }

  /** Size of the flat buffer of running statistics. */
  public int bufferCount() {
    return size(buffers);
  }

  /** Names of the tensors in which PyTorch counts the batches that the running statistics are of. */
  public List<String> batchCounters() {
    return counters;
  }

  private static int size(List<ParameterSpec> specs) {
    return specs.isEmpty() ? 0 : specs.getLast().offset() + specs.getLast().size();
  }

  /**
   * New parameters, each tensor as its {@link Initializer} says.
   *
   * @param seed equal seeds give equal parameters
   */
  public float[] initialParameters(long seed) {
    return initial(parameters, new SplittableRandom(seed));
  }

  /** New running statistics: means 0, variances 1. */
  public float[] initialBuffers() {
    return initial(buffers, new SplittableRandom(0));
  }

  /** {@link #initialParameters} and {@link #initialBuffers}. */
  public Weights initialWeights(long seed) {
    return new Weights(initialParameters(seed), initialBuffers());
  }

  private static float[] initial(List<ParameterSpec> specs, SplittableRandom random) {
    float[] values = new float[size(specs)];
    for (ParameterSpec spec : specs) {
      for (int i = 0; i < spec.size(); i++) {
        values[spec.offset() + i] = spec.initial().next(random);
      }
    }
    return values;
  }

  @Override
  public String toString() {
    return name;
  }
}
