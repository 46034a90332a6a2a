// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.autotune.Autotuner;
import io.github.arturo4j.host.autotune.CutsFile;
import io.github.arturo4j.host.autotune.FirstTraining;
import io.github.arturo4j.host.train.TrainingSetup;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether a training that begins takes kernels that were tuned for its device. */
final class AutotuneOption {
  @Option(
      names = "--no-autotune",
      description =
          "Cut the products of layers by rule, and neither measure what is faster on the device nor take what was measured."
              + " Products of the JVM device are cut by its libraries.")
  boolean none;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** The same with the kernels that it takes. */
  TrainingSetup tuned(TrainingSetup setup) {
    if (none) {
      return setup;
    }
    PrintWriter out = command.commandLine().getOut();
    return new FirstTraining(
            new Autotuner(setup.device()), CutsFile.of(setup.device()),
            line -> {
              out.println(line);
              out.flush();
            })
        .tuned(setup);
  }
}
