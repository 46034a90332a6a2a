// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.client.ServiceClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arturo drain}. */
@Command(
    name = "drain",
    mixinStandardHelpOptions = true,
    description = "Gives a device of a server no new jobs; those that run there go on. Without DEVICE, lists the devices of the server.")
final class DrainCommand extends ServerCommand {
  @Parameters(paramLabel = "DEVICE", arity = "0..1", description = "The device's ID.")
  String device;

  @Mixin JsonOption json;

  @Override
  int ask(ServiceClient client) {
    DeviceWords.print(device == null ? client.devices() : List.of(client.administration().drain(device)), json, out());
    return 0;
  }
}
