// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.LayerSummary;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arturo model}. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    description = "Shows a network layer by layer: shapes, parameters, operations and memory.")
final class ModelCommand implements Callable<Integer> {
  private static final double MEGA = 1e6;
  private static final String ROW = "%-40s %-14s %12s %12s %10s%n";

  @Parameters(
      paramLabel = "EXPERIMENT|NETWORK|RUN",
      arity = "0..1",
      description = "An experiment, built in or a YAML file, a network's name, or a run folder; without it, the networks are listed.")
  String name;

  @Option(names = "--input", paramLabel = "SIZES", description = "Shape of an example, such as 3x64x64 or 13.")
  String input;

  @Option(names = "--outputs", paramLabel = "N", description = "Classes, or values to predict.")
  Integer outputs;

  @Option(names = "--data", paramLabel = "PATH", description = "The experiment's data, where they are of your own.")
  Path data;

  @Option(names = "--yaml", description = "Print a network's layers as an experiment's YAML file may have them.")
  boolean yaml;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      list(out);
    } else if (yaml) {
      out.print(text());
    } else {
      if (outputs != null && outputs < 1) {
        throw new UsageException("--outputs is " + outputs + "; it must be at least 1");
      }
      print(NamedNetwork.find(name, shape(), outputs, data).network(), out);
    }
    out.flush();
    return 0;
  }

  private static void list(PrintWriter out) {
    for (String each : ModelZoo.names()) {
      Network network = ModelZoo.create(each);
      out.printf(
          Locale.ROOT, "%-18s input %-10s outputs %5d %,13d parameters%n", each, network.input(), network.outputs(),
          network.parameterCount());
    }
  }

  private String text() {
    if (ModelZoo.names().contains(name)) {
      return ModelZoo.text(name);
    }
    Experiment experiment = NamedNetwork.experiment(name);
    return experiment.model().isNamed()
        ? ModelZoo.text(experiment.model().name())
        : Experiments.write(experiment.model());
  }

  /** That of --input; null for none. */
  private Shape shape() {
    if (input == null) {
      return null;
    }
    if (!input.matches("[0-9]{1,9}([x×,][0-9]{1,9})*")) {
      throw new UsageException("--input is '" + input + "'; it must be sizes such as 3x64x64, or one such as 13");
    }
    try {
      return new Shape(Arrays.stream(input.split("[x×,]")).mapToInt(Integer::parseInt).toArray());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static void print(Network network, PrintWriter out) {
    out.printf("%s, input %s%n", network.name(), network.input());
    out.printf(ROW, "layer", "output", "parameters", "MFLOP", "KB out");
    long flops = 0;
    for (LayerSummary layer : network.summaries()) {
      out.printf(
          ROW, " ".repeat(2 * layer.depth()) + layer.path() + "  " + layer.type(), layer.output(),
          layer.parameters().isEmpty() ? "" : "%,d".formatted(layer.parameterCount()),
          layer.multiplyAdds() == 0 ? "" : String.format(Locale.ROOT, "%.2f", 2 * layer.multiplyAdds() / MEGA),
          layer.values() == 0 ? "" : String.format(Locale.ROOT, "%.1f", layer.values() * Float.BYTES / 1e3));
      flops += layer.depth() == 0 ? 2 * layer.multiplyAdds() : 0;
    }
    out.printf(
        Locale.ROOT, "%,d parameters, %.1f MB; an example: %.2f MFLOP forward (products and convolutions), outputs %.2f MB%n",
        network.parameterCount(), network.parameterCount() * Float.BYTES / MEGA, flops / MEGA, network.activations() * Float.BYTES / MEGA);
  }
}
