// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.kernels.KernelSources;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options on a device. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "The device, as 'arturo devices' lists it, such as 0:0 or jvm; or the first of nvidia, amd or cpu.")
  String id;

  @Option(
      names = "--print-kernels",
      paramLabel = "DIR",
      description =
          "Write the OpenCL, PTX or CUDA source that TornadoVM generates for each task into this folder, as"
              + " GRAPH.TASK.cl, .ptx or .cu.")
  Path kernels;

  /** The named device, by default the first. */
  Devices.Entry find() {
    if (kernels != null) {
      try {
        KernelSources.begin(kernels);
      } catch (IllegalArgumentException e) {
        throw new Failures.UsageException("--print-kernels: " + e.getMessage(), e);
      }
    }
    try {
      return Devices.find(id);
    } catch (IllegalArgumentException e) {
      throw new Failures.UsageException("--device: " + e.getMessage(), e);
    }
  }
}
