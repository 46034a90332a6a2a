// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.Optional;

/** The OpenCL loader knows of no driver. */
final class NoOpenClDriver implements FaultProbe {
  @Override
  public Optional<String> look(Machine machine, Sdk sdk) {
    OpenClDrivers drivers = OpenClDrivers.of(machine);
    if (!sdk.has("opencl") || !drivers.all().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "no OpenCL driver is registered in '" + drivers.place() + "'"
            + (drivers.variable() == null
                ? "; for a CPU, 'apt-get install pocl-opencl-icd'; for a GPU, install its vendor's driver"
                : ", to which " + drivers.variable() + " points; 'unset " + drivers.variable() + "'"));
  }
}
