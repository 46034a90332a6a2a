// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.kernels.device.Devices;
import picocli.CommandLine.Option;

/** The option for a device. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "ID",
      description = "The device, as 'arturo devices' lists it, such as 0:0 or jvm; or the first of nvidia, amd or cpu.")
  String id;

  /** The named device, by default the first. */
  Devices.Entry find() {
    try {
      return Devices.find(id);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--device: " + e.getMessage(), e);
    }
  }
}
