// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.client.ServiceClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arturo undrain}. */
@Command(
    name = "undrain",
    mixinStandardHelpOptions = true,
    description = "Gives a device of a server jobs again, also one that was taken for faulty.")
final class UndrainCommand extends ServerCommand {
  @Parameters(paramLabel = "DEVICE", description = "The device's ID, as 'arturo drain' lists it.")
  String device;

  @Mixin JsonOption json;

  @Override
  int ask(ServiceClient client) {
    DeviceWords.print(List.of(client.administration().undrain(device)), json, out());
    return 0;
  }
}
