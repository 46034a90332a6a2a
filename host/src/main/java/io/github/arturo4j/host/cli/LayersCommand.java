// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.models.layer.Initialization;
import io.github.arturo4j.models.spec.LayerKey;
import io.github.arturo4j.models.spec.LayerTypes;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arturo layers}. */
@Command(
    name = "layers",
    mixinStandardHelpOptions = true,
    description = "Lists the layers that an experiment's model may be made of, with their keys and defaults.")
final class LayersCommand implements Callable<Integer> {
  private static final List<LayerKey> REPEAT =
      List.of(
          new LayerKey("times", "a whole number", null), new LayerKey("from", "a whole number", "0"),
          new LayerKey("layers", "a list of layers", null));

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted) {
      print(out);
      return 0;
    }
    for (String name : LayerTypes.names()) {
      String keys = LayerTypes.keys(name).stream().map(LayersCommand::described).collect(Collectors.joining(", "));
      out.printf("%-20s %s%n", name, keys);
    }
    out.printf("%-20s %s%n", "repeat", REPEAT.stream().map(LayersCommand::described).collect(Collectors.joining(", ")));
    out.printf(
        "all but repeat have the keys name, of their tensors, and init: %s, or {END: VALUE} of tensors whose names end so%n",
        Initialization.names());
    out.flush();
    return 0;
  }

  /** With the keys that all of them have. */
  private static void print(PrintWriter out) {
    List<Map<String, Object>> layers = new ArrayList<>();
    for (String name : LayerTypes.names()) {
      List<LayerKey> keys = new ArrayList<>(LayerTypes.keys(name));
      keys.add(new LayerKey("name", "a name of its tensors", ""));
      keys.add(new LayerKey("init", Initialization.names() + ", or {END: VALUE} of tensors whose names end so", ""));
      layers.add(layer(name, keys));
    }
    layers.add(layer("repeat", REPEAT));
    JsonOption.print(layers, out);
  }

  private static Map<String, Object> layer(String name, List<LayerKey> keys) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (LayerKey key : keys) {
      Map<String, Object> described = new LinkedHashMap<>();
      described.put("name", key.name());
      described.put("kind", key.kind());
      described.put("required", key.otherwise() == null);
      described.put("default", key.otherwise() == null || key.otherwise().isEmpty() ? null : key.otherwise());
      list.add(described);
    }
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("name", name);
    layer.put("keys", list);
    return layer;
  }

  private static String described(LayerKey key) {
    return key.name() + ": " + key.kind() + (key.otherwise() == null ? "" : " (" + key.otherwise() + ")");
  }
}
