// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.client.ClientSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which server is asked, and with what. */
final class ServerOptions {
  private static final String DEFAULT = "http://127.0.0.1:7070";

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "${env:ARTURO_SERVER:-" + DEFAULT + "}",
      description = "The server's address (default: that of ARTURO_SERVER, else " + DEFAULT + ").")
  String server;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The file that holds the token (default: ARTURO_TOKEN, else what a server that you have started here has left).")
  Path tokenFile;

  /** What to connect with. */
  ClientSettings settings() {
    URI address = address();
    Secret secret = secret();
    try {
      return ClientSettings.of(address, secret.text());
    } catch (IllegalArgumentException e) {
      throw new UsageException(Printable.of(e.getMessage()), e);
    }
  }

  /** What opens the server. */
  Secret secret() {
    return Secret.find(tokenFile, System.getenv(), address());
  }

  /** The address; one without http:// is understood, too. */
  private URI address() {
    String text = server.contains("://") ? server : "http://" + server;
    try {
      return new URI(text.strip());
    } catch (URISyntaxException e) {
      throw new UsageException(
          "the server's address is '" + Printable.value(server) + "', which is none; give one such as " + DEFAULT
              + " with --server or ARTURO_SERVER",
          e);
    }
  }

  /** The options that another command needs to ask the same server, each with a blank before it. */
  String words() {
    String usual = System.getenv().getOrDefault("ARTURO_SERVER", DEFAULT);
    return (server.equals(usual) ? "" : " --server " + quoted(server))
        + (tokenFile == null ? "" : " --token-file " + quoted(tokenFile.toString()));
  }

  /** As a shell takes it. */
  private static String quoted(String word) {
    return word.matches("[\\w./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
