// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.client.ServiceClient;
import io.github.arturo4j.service.client.ServiceException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arturo cancel}. */
@Command(
    name = "cancel",
    mixinStandardHelpOptions = true,
    description = "Cancels jobs that wait or run. One that runs writes a checkpoint first, from which 'arturo resume' goes on.")
final class CancelCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", arity = "0..*", description = "The numbers of the jobs.")
  List<Long> ids = List.of();

  @Option(names = "--label", paramLabel = "LABEL", description = "All jobs with this label.")
  String label;

  @Option(names = "--now", description = "Kill the process at once, without the steps since the last checkpoint.")
  boolean now;

  @Mixin JsonOption json;

  @Override
  void check() {
    if (ids.isEmpty() && label == null) {
      throw new UsageException("there is nothing to cancel; give the ID of a job, or --label LABEL for all with that");
    }
    if (!ids.isEmpty() && label != null) {
      throw new UsageException("ID " + ids.getFirst() + " contradicts --label '" + label + "'; leave out one of them");
    }
  }

  @Override
  int ask(ServiceClient client) {
    CancelMode mode = now ? CancelMode.NOW : CancelMode.CHECKPOINT;
    List<Job> cancelled = new ArrayList<>();
    if (label != null) {
      cancelled.addAll(client.cancel(label, mode));
    }
    ServiceException refused =
        each(
            ids,
            id -> {
              Job job = client.cancel(id, mode);
              cancelled.add(job);
              tell(job);
            });
    if (json.wanted) {
      JsonOption.print(cancelled, out());
    } else if (label != null) {
      cancelled.forEach(this::tell);
      out().printf("Jobs cancelled: %d%n", cancelled.size());
    }
    if (refused != null) {
      throw refused;
    }
    return 0;
  }

  private void tell(Job job) {
    if (!json.wanted) {
      out().printf("Job %d: %s%n", job.id(), job.state().word());
    }
  }
}
