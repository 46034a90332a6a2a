// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.client.ServiceClient;
import java.io.IOException;
import picocli.CommandLine.Option;

/** Whether a command stays until its job has ended. */
final class FollowOptions {
  @Option(
      names = "--follow",
      description =
          "Print the job's log until it has ended; the exit code is the job's: 0 succeeded, 1 failed, 3 diverged, 130 cancelled."
              + " Ctrl-C leaves the job running.")
  boolean follow;

  @Option(names = "--wait", description = "The same without the log.")
  boolean await;

  /** Refuses what does not fit together. */
  void check(JsonOption json) {
    if (follow && await) {
      throw new UsageException("--follow contradicts --wait; leave out one of them");
    }
    if (follow && json.wanted) {
      throw new UsageException("--follow prints a log, which is no JSON; give --wait with --json");
    }
  }

  /**
   * Tells of a job that was begun, and stays with it if that is wanted.
   *
   * @param offset from where on the log is new
   * @return the exit code
   */
  int stay(ServerCommand command, ServiceClient client, Job job, long offset, JsonOption json) throws IOException {
    if (!json.wanted) {
      command.out().println(job.id());
      command.out().flush();
    }
    if (!follow && !await) {
      if (json.wanted) {
        JsonOption.print(job, command.out());
      }
      return 0;
    }
    Follower follower = new Follower(client, job.id(), command.server.words(), command.err());
    Job ended = follow ? follower.follow(offset, command.out()) : follower.await();
    if (json.wanted) {
      JsonOption.print(ended, command.out());
    }
    return follower.end(ended);
  }
}
