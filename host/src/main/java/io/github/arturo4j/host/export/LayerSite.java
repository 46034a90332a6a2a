// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import io.github.arturo4j.models.layer.LayerSummary;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a layer's nodes go.
 *
 * @param summary the layer in its network
 * @param value what it takes, tokens perhaps
 */
record LayerSite(OnnxGraph graph, LayerSummary summary, String value) {
  /** What it takes, as floats. */
  String input() {
    return graph.floats(value);
  }

  /** Shape of what it takes. */
  Shape shape() {
    return summary.input();
  }

  /** Adds a node that takes what the layer does, and perhaps tensors. */
  String node(String operator, List<String> others, Attribute... attributes) {
    return graph.node(
        operator, summary.path(), Stream.concat(Stream.of(input()), others.stream()).toList(), attributes);
  }

  /** Adds a node that takes what the layer does. */
  String node(String operator, Attribute... attributes) {
    return node(operator, List.of(), attributes);
  }

  /** Adds a node that takes values. */
  String of(String operator, List<String> values, Attribute... attributes) {
    return graph.node(operator, summary.path(), values, attributes);
  }

  /** A value in another shape, given without the batch's size. */
  String reshape(String of, int... sizes) {
    return graph.reshape(of, summary.path(), sizes);
  }

  /** A list of constants. */
  String integers(long... values) {
    return graph.integers(summary.path(), values);
  }

  /** A constant. */
  String integer(long one) {
    return graph.integer(summary.path(), one);
  }

  /** Constants of a shape, none for a single one. */
  String floats(float[] values, int... sizes) {
    return graph.floats(summary.path(), values, sizes);
  }

  /** A constant. */
  String number(double one) {
    return floats(new float[] {(float) one});
  }

  /** The name of one of the layer's parameters; nothing if it has none of that ending. */
  Optional<String> parameterIfAny(String end) {
    return summary.parameters().stream().map(ParameterSpec::name).filter(name -> name.endsWith("." + end)).findFirst();
  }

  /** One of the layer's parameters, by the end of its name. */
  String parameter(String end) {
    return graph.tensor(parameterIfAny(end).orElseThrow());
  }

  /** The only one of the layer's parameters. */
  String tensor() {
    return graph.tensor(summary.parameters().getFirst().name());
  }

  /** The layer's weight, and its bias if it has one. */
  List<String> weightAndBias() {
    return Stream.concat(Stream.of(parameter("weight")), parameterIfAny("bias").map(graph::tensor).stream()).toList();
  }

  /** Running statistics of the layer. */
  String buffer(String end) {
    String weight = parameterIfAny("weight").orElseThrow();
    return graph.tensor(weight.substring(0, weight.length() - "weight".length()) + end);
  }

  /** The axes behind the batch's and the channels'. */
  long[] pixelAxes() {
    long[] axes = new long[shape().rank() - 1];
    Arrays.setAll(axes, i -> i + 2);
    return axes;
  }
}
