// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.api.Device;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** What the devices of a server do, in words. */
final class DeviceWords {
  private DeviceWords() {}

  static void print(List<Device> devices, JsonOption json, PrintWriter out) {
    if (json.wanted) {
      JsonOption.print(devices, out);
      return;
    }
    Table table = new Table("id", "name", "state", "busy", "jobs", "");
    for (Device device : devices) {
      table.add(
          device.id(), device.name(), device.state().word(), device.busy() + "/" + device.slots(),
          device.jobs().stream().map(String::valueOf).collect(Collectors.joining(",")), device.reason());
    }
    table.print(out);
  }
}
