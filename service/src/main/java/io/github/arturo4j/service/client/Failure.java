// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** What an exception of the network means. */
final class Failure {
  private Failure() {}

  /** In words. */
  static ConnectionException of(URI server, IOException e) {
    String at = Printable.value(server.toString());
    return switch (e) {
      case ConnectException c when isUnknownHost(c) -> failed(
          ConnectionException.Kind.UNREACHABLE, "no host is known as '" + Printable.value(server.getHost()) + "'", e);
      case ConnectException _ -> failed(
          ConnectionException.Kind.UNREACHABLE, "no server answers at " + at + " (connection refused)", e);
      case NoRouteToHostException _ -> failed(
          ConnectionException.Kind.UNREACHABLE, "no server answers at " + at + " (there is no way to that host)", e);
      case HttpConnectTimeoutException _ -> failed(
          ConnectionException.Kind.UNREACHABLE,
          "no server answers at " + at + " (nothing came back" + (server.getScheme().equals("https") ? "; does it speak https?)" : ")"),
          e);
      case HttpTimeoutException _ -> failed(
          ConnectionException.Kind.TIMEOUT, "the server at " + at + " does not answer in time", e);
      case SSLException _ -> failed(
          ConnectionException.Kind.TLS,
          "no encrypted connection to " + at + " can be made (" + Printable.value(Reason.of(e)) + ")", e);
      case ProtocolException _ -> failed(
          ConnectionException.Kind.NO_ARTURO,
          "what answers at " + at + " does not speak HTTP (" + Printable.value(Reason.of(e)) + ")", e);
      default -> failed(
          ConnectionException.Kind.BROKEN,
          "the connection to " + at + " broke off (" + reason(e) + ")", e);
    };
  }

  /** Java's client says that its parser has seen nothing. */
  private static String reason(IOException e) {
    return String.valueOf(e.getMessage()).contains("received no bytes") ? "no answer came" : Printable.value(Reason.of(e));
  }

  /** Whether a name was wrong, which waiting does not mend. */
  static boolean isUnknownHost(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  /** Whether the request cannot have reached the server. */
  static boolean isBefore(IOException e) {
    return e instanceof ConnectException || e instanceof NoRouteToHostException || e instanceof HttpConnectTimeoutException;
  }

  private static ConnectionException failed(ConnectionException.Kind kind, String what, IOException e) {
    return new ConnectionException(kind, what, e);
  }
}
