// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.client.ServiceClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code arturo token revoke}. */
@Command(name = "revoke", mixinStandardHelpOptions = true, description = "Revokes a token: it opens nothing any more.")
final class TokenRevokeCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "Its number, as 'arturo token list' has it.")
  long id;

  @Override
  int ask(ServiceClient client) {
    client.administration().revokeToken(id);
    out().printf("Token %d is revoked%n", id);
    return 0;
  }
}
