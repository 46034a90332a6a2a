// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.kernels.device.Devices;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options on what to compute with. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = "Folder with the data set's files, or with images of your own in the format of MNIST or of CIFAR;"
              + " by default that of Debian's package, or a cache filled by download. Of an experiment on data of your own, the"
              + " folder or file in place of its dataset.path.")
  Path data;

  @Mixin KernelOptions kernels;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /** Where images are. A download and warnings are told of on the error stream. */
  DataSource source() {
    return new DataSource(data, this::tell);
  }

  private void tell(String line) {
    PrintWriter err = command.commandLine().getErr();
    err.println("arturo: " + Printable.of(line));
    err.flush();
  }

  Devices.Entry findDevice() {
    return kernels.findDevice();
  }
}
