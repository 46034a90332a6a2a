// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.kernels.Devices;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options on what to compute with. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with the data set's files, or with images of your own in the format of MNIST or of CIFAR;"
              + " by default that of Debian's package, or a cache filled by download.")
  Path data;

  @Mixin DeviceOption device;

  Devices.Entry findDevice() {
    return device.find();
  }

  /** What was given of these options, as it stands on a command line, each with a blank before it. */
  String given(UnaryOperator<String> quote) {
    return (data == null ? "" : " --data " + quote.apply(data.toString()))
        + (device.id == null ? "" : " --device " + quote.apply(device.id));
  }
}
