// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arturo experiments}. */
@Command(
    name = "experiments",
    mixinStandardHelpOptions = true,
    description = "Lists the built-in experiments; 'arturo train' takes a YAML file of your own as well.")
final class ExperimentsCommand implements Callable<Integer> {
  private static final String ROW = "%-25s %-18s %-15s %-16s %s%n";

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
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
}
