// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.client.LogStream;
import io.github.arturo4j.service.client.ServiceClient;
import java.io.IOException;
import java.io.OutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arturo resume}. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = "Has a job that has ended go on from its checkpoint, bit for bit as if it had never stopped.")
final class ResumeCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "The number of the job.")
  long id;

  @Option(names = "--epochs", paramLabel = "N", description = "As many epochs in all; more than before.")
  Integer epochs;

  @Mixin FollowOptions following;

  @Mixin JsonOption json;

  @Override
  void check() {
    following.check(json);
  }

  @Override
  int ask(ServiceClient client) throws IOException {
    long before = following.follow ? end(client) : 0;
    Job job = client.resume(id, epochs);
    return following.stay(this, client, job, before, json);
  }

  /** Where the log ends that there is already. */
  private long end(ServiceClient client) throws IOException {
    try (LogStream log = client.log(id, -1)) {
      log.transferTo(OutputStream.nullOutputStream());
      return log.position();
    }
  }
}
