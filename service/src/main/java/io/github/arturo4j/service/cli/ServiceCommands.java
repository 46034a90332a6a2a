// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.cli.CommandProvider;
import java.util.List;

/** The commands of this module. */
public final class ServiceCommands implements CommandProvider {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        ServeCommand.class, SubmitCommand.class, JobsCommand.class, LogsCommand.class, ChangeCommand.class, CancelCommand.class,
        ResumeCommand.class, DeleteCommand.class, FetchCommand.class, DatasetsCommand.class, UploadCommand.class, DrainCommand.class,
        UndrainCommand.class, TokenCommand.class, AuditCommand.class);
  }
}
