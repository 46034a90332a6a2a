// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import java.util.Arrays;
import java.util.Set;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Whether executions can be recorded as CUDA graphs and replayed. */
public final class CudaGraphs {
  /** By name: the constants of TornadoVM's backends come and go, as PTX did in 6.0. */
  private static final Set<String> BACKENDS = Set.of("PTX", "CUDA");

  private CudaGraphs() {}

  /** Whether a device's backend, and the TornadoVM that is there, can do it. */
  public static boolean on(TornadoDevice device) {
    return BACKENDS.contains(device.getTornadoVMBackend().name())
        && Arrays.stream(TornadoExecutionPlan.class.getMethods()).anyMatch(m -> m.getName().equals("withCUDAGraph"));
  }
}
