// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.spec;

import io.github.arturo4j.models.layer.Initialization;
import io.github.arturo4j.models.layer.Initialized;
import io.github.arturo4j.models.layer.InitializedTensors;
import io.github.arturo4j.models.layer.Initializer;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerArguments;
import io.github.arturo4j.models.layer.LayerFault;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The values of a layer in a tree. */
final class Arguments implements LayerArguments {
  private static final String OUTPUTS = "outputs";
  private static final String WHOLE = "a whole number";

  private final LayerReader reader;
  private final String type;
  private final Node node;
  private final boolean single;
  private final Set<String> asked = new LinkedHashSet<>();

  Arguments(LayerReader reader, String type, Node node) {
    this.reader = reader;
    this.type = type;
    this.node = node;
    single = !(node.value() instanceof Map);
  }

  /** The part behind a key; null if there is none. */
  private Node find(String key) {
    boolean first = asked.isEmpty();
    asked.add(key);
    if (single) {
      return first ? node : null;
    }
    return node.get(key);
  }

  /** The part behind a key that has to be there. */
  Node node(String key) {
    Node found = find(key);
    if (found == null) {
      throw node.fault(type + " has no '" + key + "'; add it");
    }
    return found;
  }

  private LayerFault fault(Node found, String key, String kind) {
    return found.fault(type + "." + key + " " + found.described() + "; it must be " + kind);
  }

  private int integer(Node found, String key, String kind) {
    if (found.value() instanceof Integer number) {
      return number;
    }
    throw fault(found, key, kind);
  }

  @Override
  public int integer(String key) {
    return integer(node(key), key, WHOLE);
  }

  @Override
  public int integer(String key, int otherwise) {
    Node found = find(key);
    return found == null ? otherwise : integer(found, key, WHOLE);
  }

  @Override
  public int width(String key) {
    Node found = node(key);
    return OUTPUTS.equals(found.value())
        ? reader.outputs()
        : integer(found, key, WHOLE + ", or '" + OUTPUTS + "' for as many as there are classes or values to predict");
  }

  @Override
  public double number(String key) {
    return number(node(key), key);
  }

  @Override
  public double number(String key, double otherwise) {
    Node found = find(key);
    return found == null ? otherwise : number(found, key);
  }

  private double number(Node found, String key) {
    if (found.value() instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw fault(found, key, "a number");
  }

  @Override
  public boolean flag(String key, boolean otherwise) {
    Node found = find(key);
    if (found == null) {
      return otherwise;
    }
    if (found.value() instanceof Boolean flag) {
      return flag;
    }
    throw fault(found, key, "true or false");
  }

  @Override
  public <E extends Enum<E>> E word(String key, E otherwise) {
    Node found = find(key);
    E[] words = otherwise.getDeclaringClass().getEnumConstants();
    return found == null
        ? otherwise
        : Arrays.stream(words)
            .filter(word -> spelt(word).equals(found.value()))
            .findFirst()
            .orElseThrow(
                () ->
                    fault(found, key, "one of: " + Arrays.stream(words).map(Arguments::spelt).collect(Collectors.joining(", "))));
  }

  private static String spelt(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String text(String key) {
    Node found = node(key);
    if (found.value() instanceof String text && !text.isBlank()) {
      return text;
    }
    throw fault(found, key, "a text");
  }

  @Override
  public List<Integer> integers(String key) {
    Node found = node(key);
    if (!(found.value() instanceof List<?> list) || list.isEmpty()) {
      throw fault(found, key, "a list of whole numbers, in [ ]");
    }
    return found.elements().stream().map(element -> integer(element, key, WHOLE)).toList();
  }

  @Override
  public List<Layer> layers(String key) {
    return reader.layers(node(key));
  }

  @Override
  public List<Layer> layersIfAny(String key) {
    Node found = find(key);
    return found == null ? List.of() : reader.layers(found);
  }

  /** A name, which every layer may have; null if there is none. */
  String name(String key) {
    Node found = common(key);
    if (found == null) {
      return null;
    }
    if (found.value() instanceof String text && text.matches("(\\w+(\\.\\w+)*)?")) {
      return text;
    }
    throw fault(found, key, "a name of letters, digits and _, with dots between, in quotes if it is a number");
  }

  /** How tensors begin, which every layer may say: of all its weights, or by the ends of tensors' names. */
  UnaryOperator<Layer> initialization(String key) {
    Node found = common(key);
    if (found == null) {
      return UnaryOperator.identity();
    }
    if (found.value() instanceof Map<?, ?> section) {
      Map<String, Initializer> rules = new LinkedHashMap<>();
      for (Object end : section.keySet()) {
        String tensor = String.valueOf(end);
        rules.put(tensor, parsed(found.get(tensor), key + "." + tensor, Initializer::parse));
      }
      return layer -> new InitializedTensors(layer, rules);
    }
    Initialization ofAll = parsed(found, key, Initialization::parse);
    return layer -> new Initialized(ofAll, layer);
  }

  private <T> T parsed(Node found, String key, Function<String, T> parser) {
    try {
      return parser.apply(String.valueOf(found.value()));
    } catch (IllegalArgumentException e) {
      throw found.fault(type + "." + key + " " + e.getMessage());
    }
  }

  private Node common(String key) {
    return single ? null : node.get(key);
  }

  /** Refuses keys that were not asked for. */
  void refuseOthers() {
    if (single) {
      if (asked.isEmpty()) {
        throw node.fault(type + " has no keys but name and init, and " + node.described() + "; leave it out");
      }
      return;
    }
    for (Object key : ((Map<?, ?>) node.value()).keySet()) {
      String word = String.valueOf(key);
      if (!asked.contains(word) && !word.equals(LayerReader.NAME) && !word.equals(LayerReader.INIT)) {
        String known = asked.isEmpty() ? "" : String.join(", ", asked) + ", ";
        throw node.get(word).fault(
            type + " has no key '" + word + "'; its keys are: " + known + LayerReader.NAME + ", " + LayerReader.INIT);
      }
    }
  }
}
