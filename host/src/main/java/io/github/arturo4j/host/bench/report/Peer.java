// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.bench.PyTorch;
import io.github.arturo4j.host.bench.PyTorchException;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.device.Devices;
import java.util.function.Function;

/** PyTorch, if it is asked for: where it fails, the report has our side alone and says why. Not thread-safe. */
final class Peer implements AutoCloseable {
  private final String python;
  private final Devices.Entry device;
  private final Findings findings;
  private boolean wanted;
  private PyTorch running;

  /**
   * Starts it.
   *
   * @param python its interpreter; null for none
   */
  Peer(String python, Devices.Entry device, Findings findings) {
    this.python = python;
    this.device = device;
    this.findings = findings;
    wanted = python != null;
    start();
  }

  private void start() {
    if (wanted && running == null) {
      try {
        running = PyTorch.start(python, device);
        findings.pytorch = running.version();
      } catch (InputException e) {
        wanted = false;
        findings.failed("--pytorch: " + e.getMessage());
      }
    }
  }

  /** Whether it is asked for and starts. */
  boolean isThere() {
    return wanted;
  }

  /**
   * Measures with it; once more without it if it fails in this, and then it is started anew for the next measurement.
   *
   * @param measurement is given null for none
   */
  <T> T measure(Function<PyTorch, T> measurement) {
    start();
    try {
      return measurement.apply(running);
    } catch (PyTorchException e) {
      findings.failed(e.getMessage());
      close();
      return measurement.apply(null);
    }
  }

  @Override
  public void close() {
    if (running != null) {
      running.close();
      running = null;
    }
  }
}
