// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.spec;

import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerFault;
import io.github.arturo4j.models.layer.Located;
import io.github.arturo4j.models.layer.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads lists of layers: each a name alone, {@code relu}, or with its keys, {@code conv: {out: 32, kernel: 3}}. Beside its
 * own, every kind has the keys {@code name}, for its tensors, and {@code init}. {@code repeat} stands for its layers so many
 * times, one behind the other, where {n} in names is the number of the time.
 *
 * @param outputs what {@code outputs} stands for
 */
record LayerReader(int outputs) {
  /** The key of a layer's name. */
  static final String NAME = "name";

  /** The key of how its weights begin. */
  static final String INIT = "init";

  private static final String REPEAT = "repeat";
  private static final String TIMES = "times";
  private static final String FROM = "from";
  private static final String LAYERS = "layers";
  private static final int MAX_LAYERS = 10_000;

  /** What layers are to be, as the end of a message. */
  static final String LIST = "a list of layers, each '- relu' or '- conv: {out: 32, kernel: 3}'";

  /** Reads a list. */
  List<Layer> layers(Node list) {
    if (!(list.value() instanceof List<?>)) {
      throw list.fault("what should be layers " + list.described() + "; it must be " + LIST);
    }
    List<Layer> layers = new ArrayList<>();
    for (Node element : list.elements()) {
      if (element.value() instanceof Map<?, ?> section && section.size() == 1 && section.containsKey(REPEAT)) {
        layers.addAll(repeated(element.get(REPEAT)));
      } else {
        layers.add(layer(element));
      }
      if (layers.size() > MAX_LAYERS) {
        throw element.fault("more than " + MAX_LAYERS + " layers; repeat fewer");
      }
    }
    return layers;
  }

  private List<Layer> repeated(Node node) {
    Arguments arguments = new Arguments(this, REPEAT, node);
    int times = arguments.integer(TIMES);
    int from = arguments.integer(FROM, 0);
    Node layers = arguments.node(LAYERS);
    arguments.refuseOthers();
    if (times < 1 || times > MAX_LAYERS) {
      throw node.fault("times is " + times + "; it must be between 1 and " + MAX_LAYERS);
    }
    List<Layer> all = new ArrayList<>();
    for (int n = from; n < from + times; n++) {
      all.addAll(layers(new Node(numbered(layers.value(), n), layers.path(), layers.places())));
    }
    return all;
  }

  /** The tree with a number in place of {n} in the names of layers. */
  private static Object numbered(Object tree, int n) {
    return switch (tree) {
      case List<?> list -> list.stream().map(part -> numbered(part, n)).toList();
      case Map<?, ?> section when !section.containsKey(REPEAT) -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        section.forEach(
            (key, value) ->
                copy.put(
                    key,
                    key.equals(NAME) && value instanceof String text
                        ? text.replace("{n}", Integer.toString(n))
                        : numbered(value, n)));
        yield copy;
      }
      case null, default -> tree;
    };
  }

  private Layer layer(Node node) {
    String type;
    Node keys;
    switch (node.value()) {
      case String name -> {
        type = name;
        keys = null;
      }
      case Map<?, ?> section when section.size() == 1 -> {
        type = String.valueOf(section.keySet().iterator().next());
        keys = node.get(type);
      }
      case null, default ->
          throw node.fault("a layer " + node.described() + "; it must be one name, perhaps with ': ' and its keys in { }");
    }
    LayerType known = LayerTypes.find(type);
    if (known == null) {
      throw node.fault("no layer is '" + type + "'; there are: " + String.join(", ", LayerTypes.names()) + ", " + REPEAT);
    }
    return read(known, node, keys);
  }

  private Layer read(LayerType type, Node node, Node keys) {
    boolean none = keys == null || keys.value() == null;
    Arguments arguments = new Arguments(this, type.name(), none ? new Node(Map.of(), node.path(), node.places()) : keys);
    String name = arguments.name(NAME);
    UnaryOperator<Layer> init = arguments.initialization(INIT);
    Layer layer;
    try {
      layer = type.read(arguments);
    } catch (LayerFault e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw node.fault(type.name() + ": " + e.getMessage());
    }
    arguments.refuseOthers();
    Layer located = new Located(node.place(), type.name(), init.apply(layer));
    return name == null ? located : new Named(name, located);
  }
}
