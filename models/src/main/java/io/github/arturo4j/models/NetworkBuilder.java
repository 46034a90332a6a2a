// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Walks the layers of a network, and lays out its stages and tensors. */
final class NetworkBuilder {
  private final List<Stage> stages = new ArrayList<>();
  private final List<ParameterSpec> parameters = new ArrayList<>();
  private final List<ParameterSpec> buffers = new ArrayList<>();
  private final List<String> counters = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private int parameterCount;
  private int bufferCount;

  /** The stage whose output the next layer takes. */
  private int current = Stage.IMAGES;

  /** The shape in which it takes it. */
  private Shape shape;

  /** Whether the current stage is the last one, and no other path takes its output as it is. */
  private boolean open;

  NetworkBuilder(Shape input, List<Layer> layers) {
    shape = input;
    addAll(layers, "", "");
  }

  List<Stage> stages() {
    return List.copyOf(stages);
  }

  List<ParameterSpec> parameters() {
    return List.copyOf(parameters);
  }

  List<ParameterSpec> buffers() {
    return List.copyOf(buffers);
  }

  List<String> counters() {
    return List.copyOf(counters);
  }

  /** Adds layers with the given prefixes of those that have names, and of those that have not. */
  private void addAll(List<Layer> layers, String named, String unnamed) {
    for (int i = 0; i < layers.size(); i++) {
      switch (layers.get(i)) {
        case Layer.Named(String name, Layer layer) -> add(layer, named + name);
        case Layer layer -> add(layer, unnamed + i);
      }
    }
  }

  private void add(Layer layer, String path) {
    switch (layer) {
      case Layer.Convolution c -> addConvolution(c, path);
      case Layer.Linear l -> addLinear(l, path);
      case Layer.BatchNorm _ -> addNorm(path);
      case Layer.Relu _ -> change(last("a ReLU").withRelu());
      case Layer.Dropout d -> change(last("a dropout").withDropout(d.probability()));
      case Layer.MaxPool p -> addPool(p, path);
      case Layer.GlobalAveragePool _ ->
          addStage(
              new Stage.Average(stage("average", path), current, shape, new Shape(shape.channels(), 1, 1)));
      case Layer.Flatten _ -> shape = new Shape(shape.size(), 1, 1);
      case Layer.Residual r -> addResidual(r, path);
      case Layer.Sequential s -> addAll(s.layers(), path + ".", path + ".");
      case Layer.Named(String name, Layer named) -> add(named, path + "." + name);
    }
  }

  private void addConvolution(Layer.Convolution c, String path) {
    int[] weightShape = {c.outChannels(), shape.channels(), c.kernel(), c.kernel()};
    int window = c.kernel() * c.kernel();
    Initializer bound = uniform(shape.channels() * window);
    ParameterSpec weight =
        parameter(
            path + ".weight", c.bias() ? bound : new Initializer.Normal(Math.sqrt(2.0 / (c.outChannels() * window))),
            weightShape);
    ParameterSpec bias = c.bias() ? parameter(path + ".bias", bound, c.outChannels()) : null;
    Shape out =
        new Shape(
            c.outChannels(),
            steps(shape.height(), c.kernel(), c.stride(), c.padding()),
            steps(shape.width(), c.kernel(), c.stride(), c.padding()));
    addStage(
        new Stage.Product(
            stage("convolution", path), current, c, shape, out, weight, bias, false, false, 0));
  }

  private static Initializer uniform(int fanIn) {
    return new Initializer.Uniform(1 / Math.sqrt(fanIn));
  }

  /** Places of a window along one side; none if it does not fit. */
  private static int steps(int size, int kernel, int stride, int padding) {
    int room = size + 2 * padding - kernel;
    return room < 0 ? 0 : room / stride + 1;
  }

  private void addLinear(Layer.Linear l, String path) {
    if (shape.height() != 1 || shape.width() != 1) {
      throw new IllegalArgumentException(
          "layer " + path + " is linear, and its input " + shape + " is not flat");
    }
    Initializer bound = uniform(shape.size());
    ParameterSpec weight = parameter(path + ".weight", bound, l.out(), shape.size());
    ParameterSpec bias = parameter(path + ".bias", bound, l.out());
    Shape out = new Shape(l.out(), 1, 1);
    addStage(
        new Stage.Product(stage("linear", path), current, l, shape, out, weight, bias, false, false, 0));
  }

  private void addNorm(String path) {
    int channels = shape.channels();
    ParameterSpec weight = parameter(path + ".weight", new Initializer.Constant(1), channels);
    ParameterSpec bias = parameter(path + ".bias", new Initializer.Constant(0), channels);
    ParameterSpec mean = buffer(path + ".running_mean", 0, channels);
    ParameterSpec variance = buffer(path + ".running_var", 1, channels);
    counters.add(path + ".num_batches_tracked");
    addStage(
        new Stage.Norm(
            stage("norm", path), current, Stage.NONE, shape, weight, bias, mean, variance, false));
  }

  private void addPool(Layer.MaxPool p, String path) {
    if (p.halves() && open && stages.getLast() instanceof Stage.Product product && product.poolable()
        && shape.equals(product.output())) {
      change(product.withPool());
      shape = stages.getLast().output();
      return;
    }
    if (p.kernel() < 1 || p.stride() < 1 || p.padding() < 0 || 2 * p.padding() > p.kernel()) {
      throw new IllegalArgumentException(
          "layer " + path + " is no max-pooling: a kernel and a stride of at least 1, and a padding of 0 to half a"
              + " kernel are needed, not " + p);
    }
    Shape out =
        new Shape(
            shape.channels(),
            steps(shape.height(), p.kernel(), p.stride(), p.padding()),
            steps(shape.width(), p.kernel(), p.stride(), p.padding()));
    addStage(new Stage.Pool(stage("pool", path), current, p, shape, out));
  }

  private void addResidual(Layer.Residual r, String path) {
    int from = current;
    Shape fromShape = shape;
    open = false;
    addAll(r.body(), path + ".", path + ".");
    int body = current;
    Shape bodyShape = shape;
    if (body == from) {
      throw new IllegalArgumentException("the body of residual " + path + " computes nothing");
    }
    Stage.Norm end = open && stages.getLast() instanceof Stage.Norm norm && norm.addable() ? norm : null;
    if (end != null) {
      stages.removeLast();
    }
    current = from;
    shape = fromShape;
    open = false;
    addAll(r.shortcut(), path + ".", path + ".shortcut.");
    if (!shape.equals(bodyShape)) {
      throw new IllegalArgumentException(
          "residual " + path + " cannot add " + shape + " of its shortcut to " + bodyShape + " of its body");
    }
    addStage(
        end != null
            ? end.withShortcut(current)
            : new Stage.Sum(stage("sum", path), body, current, shape, false));
    shape = bodyShape;
  }

  /** A name for tasks: the path, with what the stage is in front of it if the path is no name. */
  private static String stage(String what, String path) {
    String name = path.replace('.', '_');
    return Character.isDigit(name.charAt(0)) ? what + name : name;
  }

  private void addStage(Stage stage) {
    stages.add(stage);
    current = stages.size() - 1;
    shape = stage.output();
    open = true;
  }

  private Stage last(String what) {
    if (stages.isEmpty()) {
      throw new IllegalArgumentException(what + " cannot be the first layer of a network");
    }
    if (!open) {
      throw new IllegalArgumentException(what + " cannot be the first layer of a path of a residual");
    }
    return stages.getLast();
  }

  private void change(Stage stage) {
    stages.set(stages.size() - 1, stage);
  }

  private ParameterSpec parameter(String name, Initializer initial, int... sizes) {
    ParameterSpec spec = spec(name, initial, parameterCount, sizes);
    parameters.add(spec);
    parameterCount += spec.size();
    return spec;
  }

  private ParameterSpec buffer(String name, float value, int size) {
    ParameterSpec spec = spec(name, new Initializer.Constant(value), bufferCount, size);
    buffers.add(spec);
    bufferCount += size;
    return spec;
  }

  private ParameterSpec spec(String name, Initializer initial, int offset, int... sizes) {
    if (!names.add(name)) {
      throw new IllegalArgumentException("two tensors have the name " + name);
    }
    int size = 1;
    for (int s : sizes) {
      size *= s;
    }
    return new ParameterSpec(name, sizes, offset, size, initial);
  }
}
