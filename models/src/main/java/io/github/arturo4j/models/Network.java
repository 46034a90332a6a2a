// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.optimizer.ParameterSlice;
import io.github.arturo4j.models.fusion.Fusion;
import io.github.arturo4j.models.layer.Initialization;
import io.github.arturo4j.models.layer.Initializer;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerSummary;
import io.github.arturo4j.models.layer.NetworkBuilder;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.Stage;
import io.github.arturo4j.models.layer.Value;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/** A feed-forward network: its layers, shapes, and the layout of its parameters in one flat buffer. */
public final class Network {
  private final String name;
  private final List<Layer> layers;
  private final Value input;
  private final Initialization initialization;
  private final boolean fused;
  private final Value output;
  private final List<Stage> stages;
  private final List<ParameterSpec> parameters;
  private final List<ParameterSpec> buffers;
  private final List<String> counters;
  private final SequencedMap<String, ParameterSpec> shared;
  private final int vocabulary;
  private final List<LayerSummary> summaries;

  /**
   * A network of layers, one behind the other, fused where they can be ({@link Fusion}).
   *
   * @param name as an experiment names it
   * @param input shape of an image
   * @param layers first to last; the last puts out a vector, such as one logit a class, or one for each position of an
   *     example: [positions, classes]
   * @throws IllegalArgumentException if a layer cannot stand where it does
   */
  public Network(String name, Shape input, List<Layer> layers) {
    this(name, input, layers, null, true);
  }

  private Network(String name, Shape input, List<Layer> layers, Initialization initialization, boolean fuse) {
    this.name = name;
    this.layers = List.copyOf(layers);
    this.input = Value.of(input);
    this.initialization = initialization;
    fused = fuse;
    NetworkBuilder builder = new NetworkBuilder(this.input, initialization);
    builder.addAll(layers, "");
    output = builder.value();
    stages = fuse ? Fusion.of(builder.stages()) : builder.stages();
    parameters = builder.parameters();
    buffers = builder.buffers();
    counters = builder.batchCounters();
    shared = Collections.unmodifiableSequencedMap(builder.shared());
    vocabulary = builder.vocabulary();
    summaries = builder.summaries();
    if (parameters.isEmpty()) {
      throw new IllegalArgumentException(name + " has no layer with parameters; there is nothing to train");
    }
    if (builder.shape().rank() > 2) {
      throw new IllegalArgumentException(
          "the last layer of " + name + " puts out " + builder.shape() + " and has to put out a vector, or one for each"
              + " position: add a Flatten, or a Flatten and a Linear");
    }
  }

  /** The same network with a stage for each layer: slower, and equal but for the rounding of floats. */
  public Network withoutFusion() {
    return new Network(name, input(), layers, initialization, false);
  }

  /** The same network, whose weights all begin like that, whatever its layers say. */
  public Network initializedBy(Initialization all) {
    return new Network(name, input(), layers, all, fused);
  }

  /** The network's name. */
  public String name() {
    return name;
  }

  /** Shape of an image. */
  public Shape input() {
    return input.shape();
  }

  /** Tokens that it knows, which then are its input; 0 if it takes none. */
  public int vocabulary() {
    return vocabulary;
  }

  /** The input as the first stages take it. */
  public Value inputValue() {
    return input;
  }

  /** Number of outputs for an example, or for a position of it: of a classification a logit for each class. */
  public int outputs() {
    return output.shape().last();
  }

  /** Positions of an example that it has outputs for; 1 if it has them for the example as a whole. */
  public int positions() {
    return output.shape().size() / outputs();
  }

  /** The layers, first to last. */
  public List<Layer> layers() {
    return layers;
  }

  /** What is to be known of each layer, and of the layers in it behind it. */
  public List<LayerSummary> summaries() {
    return summaries;
  }

  /** Values that its layers put out for an example, each layer in an array of its own. */
  public long activations() {
    return summaries.stream().filter(layer -> layer.depth() == 0).mapToLong(LayerSummary::values).sum();
  }

  /** Whether anything is dropped at random in a training: values, weights of attention, or whole blocks. */
  public boolean hasDropout() {
    return stages.stream().anyMatch(stage -> stage.randomStreams() > 0);
  }

  /** What runs as units, each behind those whose values it takes. */
  public List<Stage> stages() {
    return stages;
  }

  /** The parameters in the order of the flat buffer. */
  public List<ParameterSpec> parameters() {
    return parameters;
  }

  /** The parameters as an optimizer sees them. */
  public List<ParameterSlice> slices() {
    return parameters.stream().map(ParameterSpec::slice).toList();
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

  /**
   * Tensors that a second layer uses, each under the name that PyTorch's state_dict has it under once more: of a language model
   * {@code lm_head.weight}, which is its embedding's table.
   */
  public SequencedMap<String, ParameterSpec> shared() {
    return shared;
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
      int rows = spec.shape()[0];
      spec.initial().fill(values, spec.offset(), rows, spec.size() / rows, random);
    }
    return values;
  }

  @Override
  public String toString() {
    return name;
  }
}
