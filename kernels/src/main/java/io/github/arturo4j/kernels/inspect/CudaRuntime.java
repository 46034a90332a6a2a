// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A library of CUDA itself is missing, which the driver does not bring: the CUDA backend compiles with NVRTC. */
final class CudaRuntime implements FaultProbe {
  static final String COMPILER = "libnvrtc.so.13";

  private static final String BACKEND = "cuda";
  private static final Pattern MISSING =
      Pattern.compile("(lib(?:nvrtc|nvJitLink|cudart)[-\\w]*\\.so)\\.(\\d+)[^:]*: cannot open.*", Pattern.DOTALL);

  @Override
  public Optional<String> look(Machine machine, Sdk sdk) {
    if (!sdk.has(BACKEND)) {
      return Optional.empty();
    }
    Path library = sdk.library(BACKEND);
    return machine.loading()
        .apply(Files.exists(library) ? library.toString() : COMPILER)
        .map(MISSING::matcher)
        .filter(Matcher::matches)
        .map(CudaRuntime::explain);
  }

  private static String explain(Matcher missing) {
    String release = missing.group(2);
    return "the SDK's backend 'cuda' needs, besides NVIDIA's driver, CUDA " + release + "'s own libraries with the compiler"
        + " NVRTC, of which " + missing.group(1) + "." + release + " is missing; 'apt-get install cuda-nvrtc-" + release
        + "-0 cuda-cudart-" + release + "-0' from NVIDIA's repository, or in a container begin with one of NVIDIA's"
        + " images nvidia/cuda:" + release + ".*-runtime-*, or take an SDK with the OpenCL backend alone";
  }
}
