// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.AuditEntry;
import io.github.arturo4j.service.client.LocalToken;
import io.github.arturo4j.service.client.ServiceClient;
import io.github.arturo4j.service.client.ServiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What {@code serve} does beside serving. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class ServeCommandTest {
  private static final int PORT = 7070;

  @TempDir Path folder;
  @TempDir Path userHome;
  private String before;

  @BeforeEach
  void moveUserHome() {
    before = System.setProperty("user.home", userHome.toString());
  }

  @AfterEach
  void moveBack() {
    System.setProperty("user.home", before);
  }

  private ClientCli.Outcome renew(Object... more) {
    return ClientCli.execute(
        Stream.concat(Stream.of("serve", "--home", folder.resolve("home"), "--new-admin-token"), Stream.of(more))
            .map(Object::toString)
            .toArray(String[]::new));
  }

  @Test
  void whoHasLostTheAdminsTokenGetsAnother() throws IOException {
    try (RealServer server = new RealServer(folder)) {
      ClientCli.refused(
          renew(), 1,
          "a server is running with the folder '" + folder.resolve("home") + "'; nothing was changed: wait until it ends, or stop it");
      assertThat(userHome).isEmptyDirectory();
      server.stop();
      ClientCli.Outcome renewed = renew();
      assertThat(renewed.code()).isZero();
      assertThat(renewed.err()).isEmpty();
      String secret = renewed.out().lines().skip(1).findFirst().orElseThrow().replace("Admin token, told this once: ", "");
      assertThat(renewed.out().lines())
          .containsExactly(
              "Token 1 of 'admin' is revoked", "Admin token, told this once: " + secret,
              "'arturo submit' and its like find it in '" + LocalToken.file(PORT) + "', which only you can read");
      assertThat(LocalToken.file(PORT)).hasContent(secret);
      server.start();
      try (ServiceClient client = ServiceClient.connect(server.address(), server.admin())) {
        assertThat(Assertions.catchThrowableOfType(ServiceException.class, client::session).status()).isEqualTo(401);
      }
      server.admin(secret);
      try (ServiceClient client = ServiceClient.connect(server.address(), secret)) {
        assertThat(client.session().id()).isEqualTo(2);
        assertThat(client.administration().audit(null, 10).entries())
            .extracting(AuditEntry::who, AuditEntry::action, AuditEntry::subject)
            .containsExactly(
                Assertions.tuple("server", "create token", "token 2"), Assertions.tuple("server", "revoke token", "token 1"),
                Assertions.tuple("server", "create token", "token 1"));
      }
    }
  }

  @Test
  void aPortThatIsNotKnownHasNoFile() throws IOException {
    try (RealServer server = new RealServer(folder)) {
      server.stop();
      List<String> told = renew("--port", 0).out().lines().toList();
      assertThat(told).hasSize(2);
      server.admin(told.getLast().replace("Admin token, told this once: ", ""));
      assertThat(userHome).isEmptyDirectory();
      server.start();
    }
  }

  @Test
  void whereNoServerHasBeenThereIsNoTokenToMakeAnew() {
    ClientCli.refused(
        renew(), 2, "--home is '" + folder.resolve("home") + "', where no server has been yet; name a server's folder, or start one there");
    assertThat(folder).isEmptyDirectory();
  }
}
