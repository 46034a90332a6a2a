// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.models.layer.Initialization;
import io.github.arturo4j.models.spec.LayerKey;
import io.github.arturo4j.models.spec.LayerTypes;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arturo layers}. */
@Command(
    name = "layers",
    mixinStandardHelpOptions = true,
    description = "Lists the layers that an experiment's model may be made of, with their keys and defaults.")
final class LayersCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (String name : LayerTypes.names()) {
      String keys = LayerTypes.keys(name).stream().map(LayersCommand::described).collect(Collectors.joining(", "));
      out.printf("%-20s %s%n", name, keys);
    }
    out.printf("%-20s %s%n", "repeat", "times: a whole number, from: a whole number (0), layers: a list of layers");
    out.printf(
        "all but repeat have the keys name, of their tensors, and init: %s, or {END: VALUE} of tensors whose names end so%n",
        Initialization.names());
    out.flush();
    return 0;
  }

  private static String described(LayerKey key) {
    return key.name() + ": " + key.kind() + (key.otherwise() == null ? "" : " (" + key.otherwise() + ")");
  }
}
