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
      description =
          "The device, as 'arturo devices' lists it, such as 0:0 or jvm; or the first of nvidia, amd or cpu. Of the processes that mpirun"
              + " or srun starts on a machine, the first takes the first accelerator, the second the second, …; or of several IDs,"
              + " separated by commas, each its own.")
  String id;

  /** The number of this process on its machine. */
  private int localRank = -1;

  /** Has each of the processes of a machine take a device of its own. */
  void shareAmong(int rankOfThisMachine) {
    localRank = rankOfThisMachine;
  }

  /** The named device, by default the first. */
  Devices.Entry find() {
    try {
      return localRank < 0 ? Devices.find(id) : Devices.find(id, localRank);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--device: " + e.getMessage(), e);
    }
  }
}
