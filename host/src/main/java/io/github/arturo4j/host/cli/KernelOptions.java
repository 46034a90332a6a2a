// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.inspect.KernelSources;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options on the device that kernels run on. */
final class KernelOptions {
  @Mixin DeviceOption device;

  @Mixin ProductOptions products;

  @Option(
      names = "--print-kernels",
      paramLabel = "DIR",
      description =
          "Write the OpenCL, PTX or CUDA source that TornadoVM generates for each task into this folder, as"
              + " GRAPH.TASK.cl, .ptx or .cu.")
  Path kernels;

  /**
   * The named device, by default the first, with what computes its products; what is compiled for it from here on is written, if that is
   * wanted.
   */
  Devices.Entry findDevice() {
    if (kernels != null) {
      try {
        KernelSources.begin(kernels);
      } catch (IllegalArgumentException e) {
        throw new UsageException("--print-kernels: " + e.getMessage(), e);
      }
    }
    return products.choose(device.find());
  }
}
