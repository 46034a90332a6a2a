// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

import io.github.arturo4j.jvm.DeviceMemory;
import io.github.arturo4j.jvm.Profile;

/** What an execution has left on the device. */
public class TornadoExecutionResult {
  private final DeviceMemory memory;
  private final TornadoProfilerResult profilerResult;

  TornadoExecutionResult(DeviceMemory memory, Profile profile) {
    this.memory = memory;
    profilerResult = new TornadoProfilerResult(profile);
  }

  /** Copies arrays to the host that the graph transfers under demand. */
  public TornadoExecutionResult transferToHost(Object... objects) {
    for (Object object : objects) {
      memory.download(object);
    }
    return this;
  }

  /** What the profiler has measured, if it is on. */
  public TornadoProfilerResult getProfilerResult() {
    return profilerResult;
  }
}
