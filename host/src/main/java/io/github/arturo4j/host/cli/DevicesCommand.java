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
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Devices.describe().forEach(out::println);
    if (!Versions.onTornadoVm()) {
      out.println("With a TornadoVM SDK and TORNADOVM_HOME set to it, its devices are listed here, too.");
    }
    out.flush();
    return 0;
  }
}
