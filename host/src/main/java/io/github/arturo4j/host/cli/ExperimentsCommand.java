// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arturo experiments}. */
@Command(
    name = "experiments",
    mixinStandardHelpOptions = true,
    description = "Lists the built-in experiments; 'arturo train' takes a YAML file of your own as well.")
final class ExperimentsCommand implements Callable<Integer> {
  private static final String ROW = "%-25s %-18s %-15s %-16s %s%n";

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted) {
      JsonOption.print(Experiments.ALL.stream().map(name -> described(name, Experiments.find(name))).toList(), out);
      return 0;
    }
    out.printf(ROW, "name", "model", "data set", "optimizer", "epochs");
    for (String name : Experiments.ALL) {
      Experiment experiment = Experiments.find(name);
      out.printf(
          ROW,
          name,
          experiment.model().label(),
          experiment.dataset().label(),
          experiment.optimizer().label(),
          experiment.epochs());
    }
    out.flush();
    return 0;
  }

  private static Map<String, Object> described(String name, Experiment experiment) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", name);
    described.put("model", experiment.model().label());
    described.put("dataset", experiment.dataset().label());
    described.put("optimizer", experiment.optimizer().label());
    described.put("epochs", experiment.epochs());
    return described;
  }
}
