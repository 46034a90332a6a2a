// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.api.Token;
import io.github.arturo4j.service.client.ServiceClient;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code arturo token list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the tokens, without their secrets.")
final class TokenListCommand extends ServerCommand {
  @Mixin JsonOption json;

  @Override
  int ask(ServiceClient client) {
    List<Token> tokens = client.administration().tokens();
    if (json.wanted) {
      JsonOption.print(tokens, out());
      return 0;
    }
    Table table = new Table("id", "name", "role", "created", "revoked");
    for (Token token : tokens) {
      table.add(token.id(), token.name(), token.role().word(), JobWords.time(token.created()), JobWords.time(token.revoked()));
    }
    table.print(out());
    return 0;
  }
}
