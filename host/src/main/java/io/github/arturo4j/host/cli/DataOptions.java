// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.data.Dataset;
import io.github.arturo4j.host.data.Datasets;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.layer.Shape;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** The same for a run: where the option names no folder, the one that the run has used, if it was the user's own. */
  Dataset locate(RunConfig run) {
    String dataset = run.experiment().dataset();
    Shape image = run.network().input();
    Path folder = folder(run);
    if (data == null && folder != null && !Files.isDirectory(folder)) {
      throw new DataException(
          "the images of the run were in '" + folder + "', which is no folder now; name the one where they are with"
              + " --data");
    }
    return Datasets.locate(dataset, folder, image, this::tell);
  }

  /** The folder of {@link #locate(RunConfig)}; null for the usual places. */
  Path folder(RunConfig run) {
    return data != null || run.data() == null ? data : run.data().path();
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
