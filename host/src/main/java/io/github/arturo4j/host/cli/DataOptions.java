// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.data.Dataset;
import io.github.arturo4j.host.data.Datasets;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.models.Shape;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options on what to compute with. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with the data set's files, or with images of your own in the format of MNIST or of CIFAR;"
              + " by default that of Debian's package, or a cache filled by download.")
  Path data;

  @Mixin KernelOptions kernels;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /**
   * The images of an experiment's data set, or the user's own in their place. A download and warnings are told of on
   * the error stream.
   */
  Dataset locate(String dataset, Shape image) {
    return Datasets.locate(dataset, data, image, this::tell);
  }

  private void tell(String line) {
    PrintWriter err = command.commandLine().getErr();
    err.println("arturo: " + Printable.of(line));
    err.flush();
  }

  Devices.Entry findDevice() {
    return kernels.findDevice();
  }

  /** What was given of these options, as it stands on a command line, each with a blank before it. */
  String given(UnaryOperator<String> quote) {
    return (data == null ? "" : " --data " + quote.apply(data.toString()))
        + (kernels.device.id == null ? "" : " --device " + quote.apply(kernels.device.id));
  }
}
