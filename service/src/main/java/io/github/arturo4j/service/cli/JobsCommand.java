// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.client.JobQuery;
import io.github.arturo4j.service.client.ServiceClient;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arturo jobs}. */
@Command(name = "jobs", mixinStandardHelpOptions = true, description = "Lists the jobs of a server, the newest first, or tells all of one.")
final class JobsCommand extends ServerCommand {
  private static final int PAGE = 1_000;

  @Parameters(paramLabel = "ID", arity = "0..1", description = "The number of a job.")
  Long id;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Only jobs in these states, separated by commas: ${COMPLETION-CANDIDATES}.")
  List<State> states;

  @Option(names = "--label", paramLabel = "LABEL", description = "Only jobs with this label.")
  String label;

  @Mixin LimitOption limit;

  @Mixin JsonOption json;

  @Override
  void check() {
    limit.check();
    if (id != null && (states != null || label != null)) {
      throw new UsageException("ID " + id + " contradicts " + (label == null ? "--state" : "--label") + "; leave out one of them");
    }
  }

  @Override
  int ask(ServiceClient client) {
    if (id != null) {
      Job job = client.job(id);
      if (json.wanted) {
        JsonOption.print(job, out());
      } else {
        JobWords.print(job, job.search() == null ? List.of() : client.trials(id), out());
      }
      return 0;
    }
    JobQuery query =
        new JobQuery(states == null ? Set.of() : Set.copyOf(states), label, null, Math.min(limit.most, PAGE));
    List<Job> jobs = client.allJobs(query).limit(limit.most).toList();
    if (json.wanted) {
      JsonOption.print(jobs, out());
    } else if (jobs.isEmpty()) {
      out().println(states == null && label == null ? "There are no jobs; 'arturo submit EXPERIMENT' makes one" : "There are no such jobs");
    } else {
      JobWords.printTable(jobs, out());
    }
    return 0;
  }
}
