// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.kernels.Devices;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options on what to compute with. */
final class DataOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with the data set's files; by default that of Debian's package, or a cache filled by download.")
  Path data;

  @Mixin DeviceOption device;

  Devices.Entry findDevice() {
    return device.find();
  }
}
