// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.List;
import java.util.Optional;

/** The library of NVIDIA's driver, which the PTX and CUDA backends need, is missing or broken. */
final class CudaDriver implements FaultProbe {
  static final String LIBRARY = "libcuda.so.1";

  @Override
  public Optional<String> look(Machine machine, Sdk sdk) {
    return List.of("ptx", "cuda").stream()
        .filter(sdk::has)
        .findFirst()
        .flatMap(
            backend ->
                machine.loading().apply(LIBRARY)
                    .map(
                        error ->
                            "the SDK's backend '" + backend + "' needs NVIDIA's driver, whose library does not load ("
                                + error + "); 'apt-get install nvidia-driver', or in a container '--gpus all', or"
                                + " take an SDK with the OpenCL backend alone"));
  }
}
