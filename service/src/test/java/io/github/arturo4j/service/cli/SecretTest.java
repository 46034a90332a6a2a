// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.client.LocalToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Where the token of a command is from. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class SecretTest {
  private static final URI LOCAL = URI.create("http://127.0.0.1:7070");
  private static final Map<String, String> NONE = Map.of();

  @TempDir Path home;
  private String before;

  @BeforeEach
  void moveHome() {
    before = System.setProperty("user.home", home.toString());
  }

  @AfterEach
  void moveBack() {
    System.setProperty("user.home", before);
  }

  @Test
  void aFileThenTheEnvironmentThenWhatAServerHasLeft() throws IOException {
    assertThat(Secret.find(null, NONE, LOCAL).text()).isNull();
    LocalToken.write(7070, "left");
    assertThat(Secret.find(null, NONE, LOCAL).text()).isEqualTo("left");
    assertThat(Secret.find(null, Map.of(Secret.VARIABLE, " "), LOCAL).text()).isEqualTo("left");
    Map<String, String> environment = Map.of(Secret.VARIABLE, "given\n");
    assertThat(Secret.find(null, environment, LOCAL).text()).isEqualTo("given");
    Path file = Files.writeString(home.resolve("mine"), "  own\n");
    assertThat(Secret.find(file, environment, LOCAL)).isEqualTo(new Secret("own", "the one in '" + file + "'"));
  }

  @Test
  void whatAServerHasLeftIsSentToThatServerOnly() throws IOException {
    LocalToken.write(7070, "left");
    LocalToken.write(7070, "left anew".replace(" ", "-"));
    assertThat(LocalToken.file(7070).getParent().toFile().list()).containsExactly("token-7070");
    assertThat(new Secret("hidden-word", "a file").toString()).doesNotContain("hidden-word");
    for (String local : new String[] {"http://127.0.0.1:7070", "http://localhost:7070/lab", "http://[::1]:7070"}) {
      assertThat(Secret.find(null, NONE, URI.create(local)).text()).isEqualTo("left-anew");
    }
    for (String other :
        new String[] {
          "http://127.0.0.1:7071", "http://example.org:7070", "https://127.0.0.1:7070", "http://127.0.0.1", "http://127.0.0.1.org:7070"
        }) {
      assertThat(Secret.find(null, NONE, URI.create(other)).text()).as(other).isNull();
    }
  }

  @Test
  void nobodyElseReadsWhatAServerLeaves() throws IOException {
    LocalToken.write(7070, "left");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(LocalToken.file(7070)))).isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(LocalToken.file(7070).getParent()))).isEqualTo("rwx------");
    Files.setPosixFilePermissions(LocalToken.file(7070), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Secret.find(null, NONE, LOCAL))
        .isInstanceOf(OperationException.class)
        .hasMessage("cannot use the token in '" + LocalToken.file(7070) + "': others may read it; remove it, and set ARTURO_TOKEN");
  }

  @Test
  void whatIsNoTokenIsRefused() throws IOException {
    Path file = Files.writeString(home.resolve("mine"), "two words");
    assertThatThrownBy(() -> Secret.find(file, NONE, LOCAL))
        .isInstanceOf(UsageException.class)
        .hasMessage("--token-file is '" + file + "', which holds no token; it must be one word, as 'arturo token create' prints it");
    assertThatThrownBy(() -> Secret.find(home.resolve("none"), NONE, LOCAL))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "--token-file is '" + home.resolve("none") + "', which cannot be read: there is no such file; name the file of a token");
    assertThatThrownBy(() -> Secret.find(null, Map.of(Secret.VARIABLE, "a b"), LOCAL))
        .hasMessageStartingWith("ARTURO_TOKEN holds no token; ");
  }
}
