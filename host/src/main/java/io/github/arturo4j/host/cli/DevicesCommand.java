// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.kernels.device.Devices;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arturo devices}. */
@Command(name = "devices", mixinStandardHelpOptions = true, description = "Lists the devices that can be trained on.")
final class DevicesCommand implements Callable<Integer> {
  @Mixin DeviceOption device;

  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Devices.Description> chosen = chosen();
    if (json.wanted) {
      JsonOption.print(chosen.stream().map(DevicesCommand::described).toList(), out);
      return 0;
    }
    chosen.forEach(out::println);
    if (device.id == null && !Versions.onTornadoVm()) {
      out.println("With a TornadoVM SDK and TORNADOVM_HOME set to it, its devices are listed here, too.");
    }
    out.flush();
    return 0;
  }

  private List<Devices.Description> chosen() {
    List<Devices.Description> all = Devices.describe();
    if (device.id == null) {
      return all;
    }
    boolean listed = all.stream().anyMatch(d -> d.id().equals(device.id));
    String only = listed ? device.id : device.find().id();
    return all.stream().filter(d -> d.id().equals(only)).toList();
  }

  private static Map<String, Object> described(Devices.Description device) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("id", device.id());
    described.put("name", device.name());
    described.put("backend", device.backend());
    described.put("platform", device.platform());
    described.put("type", device.type().name());
    described.put("memory", device.memory() > 0 ? device.memory() : null);
    described.put("computeUnits", device.computeUnits() > 0 ? device.computeUnits() : null);
    described.put("jvm", device.id().equals(Devices.JVM));
    return described;
  }
}
