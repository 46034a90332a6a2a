// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.Arrays;
import java.util.Optional;

/** The OpenCL loader, the library that finds the drivers, is missing or broken. */
final class OpenClLoader implements FaultProbe {
  static final String LIBRARY = "libOpenCL.so.1";

  private static final String PATH = "LD_LIBRARY_PATH";

  @Override
  public Optional<String> look(Machine machine, Sdk sdk) {
    return sdk.has("opencl")
        ? machine.loading().apply(LIBRARY).map(error -> explain(machine, error))
        : Optional.empty();
  }

  private static String explain(Machine machine, String error) {
    if (error.startsWith(LIBRARY + ":")) { // the bare name: no file was found
      return "the OpenCL loader " + LIBRARY + " is missing; 'apt-get install ocl-icd-libopencl1'";
    }
    boolean shadowed =
        Arrays.stream(machine.variable(PATH).orElse("").split(":"))
            .anyMatch(folder -> !folder.isEmpty() && error.startsWith(folder));
    return "the OpenCL loader is broken (" + error + "); "
        + (shadowed ? "'unset " + PATH + "', which leads to it" : "'apt-get install --reinstall ocl-icd-libopencl1'");
  }
}
