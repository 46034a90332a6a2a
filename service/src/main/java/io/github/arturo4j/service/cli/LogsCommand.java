// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.client.LogStream;
import io.github.arturo4j.service.client.ServiceClient;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arturo logs}. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Prints what a job's process has printed.")
final class LogsCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The number of the job.")
  long id;

  @Option(
      names = {"-f", "--follow"},
      description =
          "Go on until the job has ended; the exit code is the job's: 0 succeeded, 1 failed, 3 diverged, 130 cancelled. Ctrl-C leaves the"
              + " job running.")
  boolean follow;

  @Option(
      names = "--offset",
      paramLabel = "BYTES",
      defaultValue = "0",
      description = "Leave out so many bytes; negative: begin so many before the end.")
  long offset;

  @Override
  int ask(ServiceClient client) throws IOException {
    if (follow) {
      Follower follower = new Follower(client, id, server.words(), err());
      return follower.end(follower.follow(offset, out()));
    }
    try (LogStream log = client.log(id, offset)) {
      Follower.copy(log, out());
    }
    return 0;
  }
}
