// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.service.api.AuditEntry;
import io.github.arturo4j.service.api.NewToken;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens in the database. */
class SqlTokensTest {
  @TempDir Path folder;
  private Database database;
  private AuditTrail audit;
  private SqlTokens tokens;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("service.db"));
    audit = new SqlAuditTrail(database, Clock.systemUTC());
    tokens = new SqlTokens(database, audit, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aSecretOpensUntilItIsRevokedAndIsKeptNowhere() throws IOException {
    NewToken made = tokens.create("ci", Role.USER, "admin");
    assertThat(made.secret()).startsWith(SqlTokens.PREFIX).hasSizeGreaterThan(40);
    assertThat(tokens.of(made.secret())).contains(made.token());
    assertThat(tokens.of(made.secret() + "x")).isEmpty();
    assertThat(tokens.create("other", Role.USER, "admin").secret()).isNotEqualTo(made.secret());
    close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)).doesNotContain(made.secret());
      }
    }
    open();
    assertThat(tokens.of(made.secret())).contains(made.token());
    tokens.revoke(made.token().id(), "admin");
    assertThat(tokens.of(made.secret())).isEmpty();
    assertThat(tokens.all().getFirst().revoked()).isNotNull();
    assertThat(audit.page(null, 10).entries())
        .extracting(AuditEntry::action)
        .containsExactly("revoke token", "create token", "create token");
  }

  @Test
  void aNameIsTakenUntilItsTokenIsRevoked() {
    long id = tokens.create("ci", Role.READER, "admin").token().id();
    assertThatThrownBy(() -> tokens.create("ci", Role.READER, "admin"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("'ci' already");
    assertThat(tokens.all()).hasSize(1);
    tokens.revoke(id, "admin");
    assertThat(tokens.create("ci", Role.READER, "admin").token().id()).isGreaterThan(id);
  }

  @Test
  void theLastAdministratorStays() {
    long first = tokens.create("a", Role.ADMIN, "server").token().id();
    assertThatThrownBy(() -> tokens.revoke(first, "a")).isInstanceOf(RefusedException.class).hasMessageContaining("last admin");
    tokens.create("b", Role.ADMIN, "a");
    tokens.revoke(first, "b");
    assertThatThrownBy(() -> tokens.revoke(first, "b")).isInstanceOf(RefusedException.class).hasMessageContaining("no token " + first);
  }

  @Test
  void oneInThePlaceOfAnotherIsTheOnlyOneOfItsName() {
    NewToken lost = tokens.create("admin", Role.ADMIN, "server");
    NewToken other = tokens.create("eva", Role.ADMIN, "admin");
    Replacement done = tokens.replace("admin", Role.ADMIN, "server");
    assertThat(done.revoked()).contains(lost.token());
    assertThat(tokens.of(lost.secret())).isEmpty();
    assertThat(tokens.of(done.made().secret())).contains(done.made().token());
    assertThat(tokens.of(other.secret())).isPresent();
    assertThat(audit.page(null, 2).entries())
        .extracting(entry -> entry.who() + ": " + entry.action() + " " + entry.subject())
        .containsExactly("server: create token token 3", "server: revoke token token 1");
    tokens.revoke(3, "eva");
    assertThat(tokens.replace("admin", Role.ADMIN, "server").revoked()).isEmpty();
  }

  @Test
  void pagesOfTheTrailGoOnWhereTheLastOneEnded() {
    for (int i = 1; i <= 5; i++) {
      audit.add("me", "do", "thing " + i, null);
    }
    assertThat(audit.page(null, 2)).matches(page -> page.entries().size() == 2 && page.next() == 4);
    assertThat(audit.page(4L, 2).entries()).extracting(AuditEntry::subject).containsExactly("thing 3", "thing 2");
    assertThat(audit.page(2L, 2)).matches(page -> page.entries().size() == 1 && page.next() == null);
  }
}
