// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.kernels.Devices;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arturo devices}. */
@Command(name = "devices", mixinStandardHelpOptions = true, description = "Lists the devices that can be trained on.")
final class DevicesCommand implements Callable<Integer> {
  private static final double GIBIBYTE = 1 << 30;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    for (Devices.Entry device : Devices.list()) {
      out.printf(
          "%s  %-8s %6.1f GiB  %s%n",
          device.id(),
          device.device().getTornadoVMBackend(),
          device.device().getMaxGlobalMemory() / GIBIBYTE,
          device.name());
    }
    if (Versions.tornadoVm().startsWith("none")) {
      out.println("With a TornadoVM SDK and TORNADOVM_HOME set to it, its devices are listed here instead.");
    } else {
      out.println("With TORNADOVM_HOME unset, arturo runs on the plain JVM.");
    }
    out.flush();
    return 0;
  }
}
