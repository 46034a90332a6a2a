// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import io.github.arturo4j.host.io.Hash;
import io.github.arturo4j.service.api.NewToken;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.RefusedException.Kind;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.Token;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tokens in the database. A secret has 256 random bits, so that a plain hash of it tells nothing. */
public final class SqlTokens implements Tokens {
  /** What every secret begins with, so that it is known for what it is where it has leaked to. */
  public static final String PREFIX = "arturo_";

  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database;
  private final AuditTrail audit;
  private final Clock clock;

  /** Those of a database. */
  public SqlTokens(Database database, AuditTrail audit, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Optional<Token> of(String secret) {
    byte[] hash = hash(secret);
    return database.read(
        connection -> Statements.one(connection, SqlTokens::token, "SELECT * FROM token WHERE hash = ? AND revoked IS NULL", hash));
  }

  @Override
  public List<Token> all() {
    return database.read(connection -> Statements.list(connection, SqlTokens::token, "SELECT * FROM token ORDER BY id"));
  }

  @Override
  public NewToken create(String name, Role role, String who) {
    return database.write(
        connection -> {
          if (inForce(name).isPresent()) {
            throw new RefusedException(
                Kind.CONFLICT, "name", "there is a token '" + name + "' already; revoke it first, or choose another name");
          }
          return insert(connection, name, role, who);
        });
  }

  /** Makes one in the place of the one of that name, if there is one, which is revoked: both or neither. */
  public Replacement replace(String name, Role role, String who) {
    return database.write(
        connection -> {
          Optional<Token> before = inForce(name);
          if (before.isPresent()) {
            revoke(connection, before.get(), who);
          }
          return new Replacement(insert(connection, name, role, who), before);
        });
  }

  private NewToken insert(Connection connection, String name, Role role, String who) throws SQLException {
    byte[] random = new byte[SECRET_BYTES];
    RANDOM.nextBytes(random);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    long id =
        Statements.insert(
            connection, "INSERT INTO token (name, role, hash, created) VALUES (?, ?, ?, ?)", name, role.word(), hash(secret), now);
    audit.add(who, "create token", "token " + id, name + ", " + role.word());
    return new NewToken(new Token(id, name, role, now, null), secret);
  }

  @Override
  public void revoke(long id, String who) {
    database.write(
        connection -> {
          List<Token> inForce = inForce();
          Token token =
              inForce.stream()
                  .filter(each -> each.id() == id)
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new RefusedException(
                              Kind.NOT_FOUND, "id", "there is no token " + id + " in force; 'arturo token list' lists them"));
          if (token.role() == Role.ADMIN && inForce.stream().filter(each -> each.role() == Role.ADMIN).count() == 1) {
            throw new RefusedException(
                Kind.CONFLICT, "id", "token " + id + " is the last admin's, without which nobody could make others; make another first");
          }
          return revoke(connection, token, who);
        });
  }

  private int revoke(Connection connection, Token token, String who) throws SQLException {
    audit.add(who, "revoke token", "token " + token.id(), token.name());
    return Statements.run(connection, "UPDATE token SET revoked = ? WHERE id = ?", clock.instant(), token.id());
  }

  private Optional<Token> inForce(String name) {
    return inForce().stream().filter(token -> token.name().equals(name)).findFirst();
  }

  private List<Token> inForce() {
    return all().stream().filter(token -> token.revoked() == null).toList();
  }

  private static Token token(ResultSet row) throws SQLException {
    return new Token(
        row.getLong("id"), row.getString("name"), Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
        Statements.time(row, "created"), Statements.time(row, "revoked"));
  }

  private static byte[] hash(String secret) {
    return Hash.sha256(secret.getBytes(StandardCharsets.UTF_8));
  }
}
