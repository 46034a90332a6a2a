// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Lays out a network's stages and tensors, layer by layer. */
public final class NetworkBuilder {
  private final List<Stage> stages = new ArrayList<>();
  private final List<ParameterSpec> parameters = new ArrayList<>();
  private final List<ParameterSpec> buffers = new ArrayList<>();
  private final List<String> counters = new ArrayList<>();
  private final SequencedMap<String, ParameterSpec> shared = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final List<LayerSummary> summaries = new ArrayList<>();
  private int depth;
  private final Set<String> stageNames = new HashSet<>();
  private int parameterCount;
  private int bufferCount;
  private final Value input;
  private final Initialization ofAll;
  private Initialization initialization = Initialization.PYTORCH;
  private int vocabulary;
  private Value value;
  private Map<String, Initializer> initializers = Map.of();

  /** Begins with the network's input. */
  public NetworkBuilder(Value input) {
    this(input, null);
  }

  /**
   * The same with an initialisation.
   *
   * @param ofAll how all weights begin, whatever their layers say; null for as these say
   */
  public NetworkBuilder(Value input, Initialization ofAll) {
    this.input = input;
    this.ofAll = ofAll;
    value = input;
  }

  /**
   * Says that the network takes tokens, of which the next layer knows 0 to {@code entries} − 1.
   *
   * @throws IllegalArgumentException if the next layer does not take the network's input
   */
  public void takeTokens(String path, int entries) {
    if (value.origin() != input) {
      throw new IllegalArgumentException(
          "layer " + path + " is an Embedding, which takes tokens, the network's input; what it is given there a layer has"
              + " computed: put it in front");
    }
    vocabulary = vocabulary == 0 ? entries : Math.min(vocabulary, entries);
  }

  /** Tokens that the network knows; 0 if it takes none. */
  public int vocabulary() {
    return vocabulary;
  }

  /** The stages, one for each layer that computes something. */
  public List<Stage> stages() {
    return List.copyOf(stages);
  }

  /** The parameters in the order of their flat buffer. */
  public List<ParameterSpec> parameters() {
    return List.copyOf(parameters);
  }

  /** The running statistics in the order of their flat buffer. */
  public List<ParameterSpec> buffers() {
    return List.copyOf(buffers);
  }

  /** Names of the tensors in which PyTorch counts the batches that running statistics are of. */
  public List<String> batchCounters() {
    return List.copyOf(counters);
  }

  /** Tensors that a second layer uses, each under the name that PyTorch's state_dict has it under once more. */
  public SequencedMap<String, ParameterSpec> shared() {
    return shared;
  }

  /** What the next layer takes. */
  public Value value() {
    return value;
  }

  /** Shape of what the next layer takes. */
  public Shape shape() {
    return value.shape();
  }

  /** The next layer takes this value, of a path or a view. */
  public void continueWith(Value other) {
    value = other;
  }

  /** Adds a stage, whose output the next layer takes. */
  public void add(Stage stage) {
    stages.add(stage);
    value = stage.output();
  }

  /** Adds layers one behind the other, named after their places in the list behind a prefix, unless they are named. */
  public void addAll(List<Layer> layers, String prefix) {
    addAll(layers, prefix, prefix);
  }

  /** Adds layers with the given prefixes of those that are {@link Named}, and of those that are not. */
  public void addAll(List<Layer> layers, String named, String unnamed) {
    for (int i = 0; i < layers.size(); i++) {
      switch (layers.get(i)) {
        case Named(String name, Layer layer) when name.isEmpty() -> add(layer, parent(named, layer));
        case Named(String name, Layer layer) -> add(layer, named + name);
        case Layer layer -> add(layer, unnamed + i);
      }
    }
  }

  private void add(Layer layer, String path) {
    int row = summaries.size();
    int firstParameter = parameters.size();
    int firstStage = stages.size();
    Shape in = shape();
    summaries.add(null); // those of the layers in it come behind it
    depth++;
    layer.addTo(this, path);
    depth--;
    List<Stage> its = stages.subList(firstStage, stages.size());
    summaries.set(
        row,
        new LayerSummary(
            path, depth, type(layer), in, shape(), List.copyOf(parameters.subList(firstParameter, parameters.size())),
            its.stream().mapToLong(Stage::multiplyAdds).sum(),
            its.stream().mapToLong(stage -> stage.output().shape().size()).sum()));
  }

  private static String type(Layer layer) {
    return switch (layer) {
      case Located located -> type(located.layer());
      case Initialized initialized -> type(initialized.layer());
      case InitializedTensors initialized -> type(initialized.layer());
      case Named named -> type(named.layer());
      default -> layer.getClass().getSimpleName();
    };
  }

  /** The layers, each before those in it. */
  public List<LayerSummary> summaries() {
    return List.copyOf(summaries);
  }

  /** The path in front of a prefix. */
  private static String parent(String prefix, Layer layer) {
    if (prefix.isEmpty()) {
      String fault = "only a layer in another layer may have an empty name";
      throw layer instanceof Located located
          ? new LayerFault(located.place(), located.type() + ": " + fault, null)
          : new IllegalArgumentException(fault + ", not " + layer);
    }
    return prefix.substring(0, prefix.length() - 1);
  }

  /**
   * A stage's name: the path, with what the stage is in front of it if the path is no name, and a number behind it if there is
   * a stage of that name.
   */
  public String stageName(String what, String path) {
    String name = path.replace('.', '_');
    String base = Character.isDigit(name.charAt(0)) ? what + name : name;
    String candidate = base;
    for (int i = 2; !stageNames.add(candidate); i++) {
      candidate = base + "_" + i;
    }
    return candidate;
  }

  /**
   * A tensor of a layer that is there already, for another layer, which is to be added next, to use as well: its stage writes a
   * gradient of the tensor, to which those in front of it, whose backward passes are behind its, add.
   *
   * @param path of the other layer
   * @throws IllegalArgumentException if there is no such tensor, or none that can be shared; one line
   */
  ParameterSpec shared(String path, String tensor) {
    ParameterSpec spec =
        parameters.stream().filter(parameter -> parameter.name().equals(tensor)).findFirst().orElse(null);
    boolean adds = false;
    for (int i = 0; spec != null && i < stages.size(); i++) {
      Optional<Stage> adding = stages.get(i).adding(spec);
      adds |= adding.isPresent();
      stages.set(i, adding.orElse(stages.get(i)));
    }
    if (!adds) {
      throw new IllegalArgumentException(
          "layer " + path + " shares the tensor " + tensor + ", which has to be the weight of an Embedding, or of a Linear"
              + " without bias, in front of it");
    }
    shared.put(path + ".weight", spec);
    return spec;
  }

  /**
   * Adds layers whose tensors begin as rules say, see {@link InitializedTensors}.
   *
   * @param path of the layers
   * @throws IllegalArgumentException if a rule is for none of their tensors; one line
   */
  void initially(Map<String, Initializer> rules, String path, Runnable layers) {
    Map<String, Initializer> around = initializers;
    int first = parameters.size();
    initializers = new HashMap<>(around);
    initializers.putAll(rules);
    layers.run();
    initializers = around;
    for (String end : rules.keySet()) {
      if (parameters.subList(first, parameters.size()).stream().noneMatch(tensor -> ends(tensor.name(), end))) {
        throw new IllegalArgumentException("layer " + path + " has no tensor whose name ends with " + end);
      }
    }
  }

  private static boolean ends(String name, String end) {
    return name.equals(end) || name.endsWith("." + end);
  }

  private Initializer initializer(String name, Initializer otherwise) {
    return ofAll != null
        ? otherwise
        : initializers.keySet().stream()
            .filter(end -> ends(name, end))
            .max(Comparator.comparing(String::length))
            .map(initializers::get)
            .orElse(otherwise);
  }

  /**
   * Adds a tensor of parameters.
   *
   * @throws IllegalArgumentException if there is one of that name
   */
  public ParameterSpec parameter(String name, Initializer initial, int... sizes) {
    return add(spec(name, initializer(name, initial), parameterCount, false, sizes));
  }

  /**
   * The same, of the weights of a linear map.
   *
   * @param own how they begin by default
   * @param fanIn values that an output is made of
   * @param fanOut values that an input has a part in
   */
  public ParameterSpec weight(String name, Initializer own, int fanIn, int fanOut, int... sizes) {
    return parameter(name, chosen().weights(own, fanIn, fanOut), sizes);
  }

  /** The same, of its biases. */
  public ParameterSpec bias(String name, Initializer own, int size) {
    return parameter(name, chosen().biases(own), size);
  }

  private Initialization chosen() {
    return ofAll == null ? initialization : ofAll;
  }

  /** How the weights of the next layers begin. */
  Initialization initialization() {
    return initialization;
  }

  /** The weights of the next layers begin like that. */
  void initialization(Initialization next) {
    initialization = next;
  }

  /** The same, of the weight or bias of a normalisation, which begins as {@code value}. */
  public ParameterSpec norm(String name, float value, int... sizes) {
    return add(spec(name, new Initializer.Constant(value), parameterCount, true, sizes));
  }

  private ParameterSpec add(ParameterSpec parameter) {
    parameters.add(parameter);
    parameterCount += parameter.size();
    return parameter;
  }

  /** Adds running statistics of a normalisation, which begin as {@code value}. */
  public ParameterSpec buffer(String name, float value, int size) {
    ParameterSpec spec = spec(name, new Initializer.Constant(value), bufferCount, true, size);
    buffers.add(spec);
    bufferCount += size;
    return spec;
  }

  /** Adds the name of a tensor in which PyTorch counts batches. */
  public void batchCounter(String name) {
    counters.add(name);
  }

  private ParameterSpec spec(String name, Initializer initial, int offset, boolean norm, int... sizes) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("two tensors have the name " + name);
    }
    return new ParameterSpec(name, sizes, offset, new Shape(sizes).size(), initial, norm);
  }
}
