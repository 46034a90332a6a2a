// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.bench.PyTorch;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.kernels.device.Devices;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The option that sets PyTorch's times beside ours. */
final class PyTorchOption {
  @Option(
      names = "--pytorch",
      paramLabel = "PYTHON",
      description =
          "Time the same in PyTorch, too, in turns and with as many threads: a Python interpreter that has PyTorch,"
              + " such as /usr/bin/python3.")
  String python;

  /** Starts PyTorch and prints its version; null if the option is not given. */
  PyTorch start(Devices.Entry device, PrintWriter out) {
    if (python == null) {
      return null;
    }
    PyTorch peer;
    try {
      peer = PyTorch.start(python, device);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--pytorch: " + e.getMessage(), e);
    }
    out.printf("in turns with %s%n", peer.version());
    out.flush();
    return peer;
  }
}
