// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import io.github.arturo4j.host.protobuf.ProtoMessage;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A graph of ONNX that grows: nodes, each of which puts out one value, known by its name, and tensors. Numbers of fields and of
 * types are those of {@code onnx.proto}.
 */
final class OnnxGraph {
  private static final int FLOAT = 1;
  private static final int UINT8 = 2;
  private static final int INT64 = 7;
  private static final String INPUT = "input";
  private static final String OUTPUT = "output";
  private static final String BATCH = "batch";

  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Map<String, ProtoMessage> initializers = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Set<String> names = new HashSet<>(Set.of(INPUT, OUTPUT));
  private final Set<String> tokens = new HashSet<>();
  private final Map<String, String> shared = new HashMap<>();

  private record Node(String operator, String name, List<String> inputs, List<Attribute> attributes) {}

  private record Tensor(ParameterSpec spec, float[] values) {
    ProtoMessage message() {
      return header(spec.name(), FLOAT, spec.shape()).bytes(9, values, spec.offset(), spec.size());
    }
  }

  /** What a model may be given. */
  enum Input {
    /** 8-bit whole numbers without a sign. */
    BYTES(UINT8),
    /** Floats. */
    FLOATS(FLOAT),
    /** 64-bit whole numbers. */
    TOKENS(INT64);

    private final int type;

    Input(int type) {
      this.type = type;
    }
  }

  /** A graph without nodes, which may use the network's tensors. */
  OnnxGraph(Network network, Weights weights) {
    network.parameters().forEach(spec -> tensors.put(spec.name(), new Tensor(spec, weights.parameters())));
    network.buffers().forEach(spec -> tensors.put(spec.name(), new Tensor(spec, weights.buffers())));
    names.addAll(tensors.keySet());
  }

  private String unique(String base) {
    String name = base;
    for (int i = 2; !names.add(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /** The value that the model is given. */
  String input(Input type) {
    if (type == Input.TOKENS) {
      tokens.add(INPUT);
    }
    return INPUT;
  }

  /** Adds a node at a place; the value that it puts out. */
  String node(String operator, String place, List<String> inputs, Attribute... attributes) {
    String name = unique(place + "/" + operator);
    nodes.add(new Node(operator, name, inputs, List.of(attributes)));
    return name;
  }

  /** A value in another shape, given without the batch's size; tokens stay tokens. */
  String reshape(String value, String place, int... sizes) {
    long[] shape = IntStream.concat(IntStream.of(0), Arrays.stream(sizes)).asLongStream().toArray(); // 0: as it is
    String reshaped = node("Reshape", place, List.of(value, integers(place, shape)));
    if (tokens.contains(value)) {
      tokens.add(reshaped);
    }
    return reshaped;
  }

  /** A value as floats. */
  String floats(String value) {
    return tokens.contains(value) ? shared("floats of " + value, () -> toFloat(value, value)) : value;
  }

  /** A value of another type as floats. */
  String toFloat(String value, String place) {
    return node("Cast", place, List.of(value), Attribute.integer("to", FLOAT));
  }

  /** A value that several may use, made for the first of them. */
  String shared(String key, Supplier<String> make) {
    String value = shared.get(key);
    if (value == null) {
      value = make.get();
      shared.put(key, value);
    }
    return value;
  }

  /** One of the network's tensors. */
  String tensor(String name) {
    initializers.computeIfAbsent(name, _ -> tensors.get(name).message());
    return name;
  }

  /** A list of constants. */
  String integers(String place, long... values) {
    String name = unique(place + "/integers");
    initializers.put(name, header(name, INT64, values.length).bytes(9, values));
    return name;
  }

  /** A constant. */
  String integer(String place, long value) {
    String name = unique(place + "/integer");
    initializers.put(name, header(name, INT64).bytes(9, value));
    return name;
  }

  /** Constants of a shape, without the batch's size; of none for a single one. */
  String floats(String place, float[] values, int... sizes) {
    String name = unique(place + "/floats");
    initializers.put(name, header(name, FLOAT, sizes).bytes(9, values, 0, values.length));
    return name;
  }

  private static ProtoMessage header(String name, int type, int... sizes) {
    ProtoMessage message = new ProtoMessage();
    for (int size : sizes) {
      message.number(1, size);
    }
    return message.number(2, type).text(8, name);
  }

  /**
   * A {@code GraphProto}.
   *
   * @param last the value that the model puts out
   */
  ProtoMessage message(String name, Input type, Shape in, String last, Shape out) {
    ProtoMessage graph = new ProtoMessage();
    for (Node node : nodes) {
      ProtoMessage message = new ProtoMessage();
      node.inputs.forEach(input -> message.text(1, input.equals(last) ? OUTPUT : input));
      message.text(2, node.name.equals(last) ? OUTPUT : node.name).text(3, node.name).text(4, node.operator);
      node.attributes.forEach(attribute -> message.message(5, attribute.message()));
      graph.message(1, message);
    }
    graph.text(2, name);
    initializers.values().forEach(initializer -> graph.message(5, initializer));
    return graph.message(11, value(INPUT, type.type, in)).message(12, value(OUTPUT, FLOAT, out));
  }

  /** A {@code ValueInfoProto} of batches of a shape. */
  private static ProtoMessage value(String name, int type, Shape of) {
    ProtoMessage shape = new ProtoMessage().message(1, new ProtoMessage().text(2, BATCH));
    for (int size : of.sizes()) {
      shape.message(1, new ProtoMessage().number(1, size));
    }
    ProtoMessage tensor = new ProtoMessage().number(1, type).message(2, shape);
    return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensor));
  }
}
