// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

import io.github.arturo4j.jvm.DeviceMemory;

/** What an execution has left on the device. */
public class TornadoExecutionResult {
  private final DeviceMemory memory;

  TornadoExecutionResult(DeviceMemory memory) {
    this.memory = memory;
  }

  /** Copies arrays to the host that the graph transfers under demand. */
  public TornadoExecutionResult transferToHost(Object... objects) {
    for (Object object : objects) {
      memory.download(object);
    }
    return this;
  }

  /** Whether the execution is over: always, on the JVM. */
  public boolean isReady() {
    return true;
  }
}
