// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.doctor.Doctor;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code arturo doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Proves that a device computes right: kernels against plain references, the optimizer against traces.")
final class DoctorCommand implements Callable<Integer> {
  @Mixin KernelOptions kernels;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Replay these traces (format arturo-trace/1) and nothing else.")
  List<Path> traces = List.of();

  @Option(
      names = "--no-network",
      description =
          "Leave out the last check, a step and an evaluation of a whole network at the sizes of a training, which take hours"
              + " in a simulator.")
  boolean withoutNetwork;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    Doctor doctor = new Doctor(kernels.findDevice(), spec.commandLine().getOut());
    return traces.isEmpty() ? doctor.examine(!withoutNetwork) : doctor.replay(traces);
  }
}
