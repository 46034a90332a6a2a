// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.kernels.device.Devices;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arturo devices}. */
@Command(name = "devices", mixinStandardHelpOptions = true, description = "Lists the devices that can be trained on.")
final class DevicesCommand implements Callable<Integer> {
  @Mixin DeviceOption device;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Devices.Description> all = Devices.describe();
    if (device.id == null) {
      all.forEach(out::println);
    } else {
      boolean listed = all.stream().anyMatch(d -> d.id().equals(device.id));
      String only = listed ? device.id : device.find().id();
      all.stream().filter(d -> d.id().equals(only)).forEach(out::println);
    }
    if (device.id == null && !Versions.onTornadoVm()) {
      out.println("With a TornadoVM SDK and TORNADOVM_HOME set to it, its devices are listed here, too.");
    }
    out.flush();
    return 0;
  }
}
