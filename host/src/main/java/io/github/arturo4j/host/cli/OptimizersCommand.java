// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arturo optimizers}. */
@Command(
    name = "optimizers",
    mixinStandardHelpOptions = true,
    description = "Lists the optimizers with their values: default, range, and what each does.")
final class OptimizersCommand implements Callable<Integer> {
  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted) {
      JsonOption.print(Optimizers.all().stream().map(config -> JsonOption.named(config.name(), config)).toList(), out);
      return 0;
    }
    for (OptimizerConfig config : Optimizers.all()) {
      ValueList.print(config.name(), config, out);
    }
    out.flush();
    return 0;
  }
}
