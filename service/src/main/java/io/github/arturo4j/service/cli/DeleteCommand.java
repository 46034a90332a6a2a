// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.client.ServiceClient;
import io.github.arturo4j.service.client.ServiceException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code arturo delete}. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Removes jobs that have ended, with their run folders, logs and checkpoints, for good.")
final class DeleteCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", arity = "1..*", description = "The numbers of the jobs.")
  List<Long> ids;

  @Mixin JsonOption json;

  @Override
  int ask(ServiceClient client) {
    List<Long> deleted = new ArrayList<>();
    ServiceException refused =
        each(
            ids,
            id -> {
              client.delete(id);
              deleted.add(id);
              if (!json.wanted) {
                out().printf("Job %d is deleted%n", id);
              }
            });
    if (json.wanted) {
      JsonOption.print(deleted, out());
    }
    if (refused != null) {
      throw refused;
    }
    return 0;
  }
}
