// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * What a client is to do.
 *
 * @param server its address, such as {@code http://127.0.0.1:7070}; a path is kept, as behind a proxy
 * @param token the secret of a token; null for none
 * @param patience how long a call tries to reach a server that does not answer
 * @param streamPatience the same while events, a log or a file are read, since something came last: long enough for a restart
 * @param silence after how long without a byte an answer is given up, and a stream is opened anew; more than the server's 15
 *     seconds between signs of life
 */
public record ClientSettings(URI server, String token, Duration patience, Duration streamPatience, Duration silence) {
  /** Checks the address. */
  public ClientSettings {
    Objects.requireNonNull(server, "server");
    if (!"http".equals(server.getScheme()) && !"https".equals(server.getScheme())) {
      throw wrong(server, "it must begin with http:// or https://");
    }
    if (server.getHost() == null) {
      throw wrong(server, "it must name a host, as http://127.0.0.1:7070 does");
    }
    if (server.getRawUserInfo() != null || server.getRawQuery() != null || server.getRawFragment() != null) {
      throw wrong(server, "it must end behind host, port and path");
    }
    if (token != null && !token.matches("[\\x21-\\x7e]+")) {
      throw new IllegalArgumentException("the token is no secret of the service's; it must be one word of ASCII characters");
    }
  }

  private static IllegalArgumentException wrong(URI server, String remedy) {
    return new IllegalArgumentException("the server's address is '" + server + "'; " + remedy);
  }

  /** With 4 seconds of patience, 5 minutes for streams, and 60 seconds of silence. */
  public static ClientSettings of(URI server, String token) {
    return new ClientSettings(server, token, Duration.ofSeconds(4), Duration.ofMinutes(5), Duration.ofSeconds(60));
  }

  /** The same with another patience, both of calls and of streams. */
  public ClientSettings withPatience(Duration calls, Duration streams) {
    return new ClientSettings(server, token, calls, streams, silence);
  }

  /** The same with another silence. */
  public ClientSettings withSilence(Duration other) {
    return new ClientSettings(server, token, patience, streamPatience, other);
  }

  /** Without the secret, so that no log has it. */
  @Override
  public String toString() {
    return "ClientSettings[server=" + server + ", token=" + (token == null ? "none" : "given") + ", patience=" + patience
        + ", streamPatience=" + streamPatience + ", silence=" + silence + "]";
  }
}
