// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.api.NewToken;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.client.ServiceClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code arturo token create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Makes a token and prints its secret, which is told this once.")
final class TokenCreateCommand extends ServerCommand {
  @Parameters(paramLabel = "NAME", description = "Whose it is; jobs and the audit trail have it.")
  String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = "user",
      description = "What it opens: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); a user has jobs, a reader looks only.")
  Role role;

  @Mixin JsonOption json;

  @Override
  int ask(ServiceClient client) {
    NewToken made = client.administration().createToken(name, role);
    if (json.wanted) {
      JsonOption.print(made, out());
    } else {
      out().println(made.secret());
    }
    return 0;
  }
}
