// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.Optional;

/** The library of a registered OpenCL driver is missing or broken. */
final class BrokenOpenClDriver implements FaultProbe {
  @Override
  public Optional<String> look(Machine machine, Sdk sdk) {
    if (!sdk.has("opencl")) {
      return Optional.empty();
    }
    for (OpenClDrivers.Driver driver : OpenClDrivers.of(machine).all()) {
      Optional<String> error = machine.loading().apply(driver.library());
      if (error.isPresent()) {
        return Optional.of(
            "the OpenCL driver that '" + driver.where() + "' names does not load (" + error.get() + "); "
                + remedy(driver));
      }
    }
    return Optional.empty();
  }

  private static String remedy(OpenClDrivers.Driver driver) {
    if (driver.isOf("nvidia")) {
      return "'apt-get install --reinstall nvidia-opencl-icd', or in a container '--gpus all' and"
          + " NVIDIA_DRIVER_CAPABILITIES=compute,utility";
    }
    if (driver.isOf("amdocl", "rocm")) {
      return "'apt-get install --reinstall rocm-opencl'";
    }
    if (driver.isOf("pocl")) {
      return "'apt-get install --reinstall pocl-opencl-icd libpocl2'";
    }
    return "install that driver anew, or remove what names it";
  }
}
