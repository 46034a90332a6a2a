// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.server;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.run.FolderLock;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.Token;
import io.github.arturo4j.service.store.Database;
import io.github.arturo4j.service.store.Replacement;
import io.github.arturo4j.service.store.SqlAuditTrail;
import io.github.arturo4j.service.store.SqlTokens;
import io.github.arturo4j.service.store.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The token of role admin that a server makes itself.
 *
 * @param secret what to send; it is kept nowhere
 * @param revoked the one in whose place it was made; nothing if there was none
 */
public record AdminToken(String secret, Optional<Token> revoked) {
  private static final String NAME = "admin";
  private static final String SERVER = "server";

  /** The secret of the one that a first start makes; nothing if somebody has one. */
  static Optional<String> first(Tokens tokens) {
    boolean known = tokens.all().stream().anyMatch(token -> token.role() == Role.ADMIN && token.revoked() == null);
    return known ? Optional.empty() : Optional.of(tokens.create(NAME, Role.ADMIN, SERVER).secret());
  }

  /**
   * Makes a new one, as its secret was lost, and revokes the one before. Those that administrators have made are as they were.
   *
   * @param home the folder of a server that does not run
   * @throws UsageException if it is none
   * @throws OperationException if a server runs there, or it cannot be used; one line
   */
  public static AdminToken renew(Path home) {
    Path file = home.resolve(Service.DATABASE);
    if (!Files.isRegularFile(file)) {
      throw new UsageException(
          "--home is '" + home + "', where no server has been yet; name a server's folder, or start one there: it makes an admin token");
    }
    try (FolderLock _ = FolderLock.take(home, Service.HOLDER);
        Database database = Database.open(file)) {
      Clock clock = Clock.systemUTC();
      Replacement done = new SqlTokens(database, new SqlAuditTrail(database, clock), clock).replace(NAME, Role.ADMIN, SERVER);
      return new AdminToken(done.made().secret(), done.revoked());
    } catch (IOException e) {
      throw new OperationException("cannot use the folder '" + home + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
  }
}
