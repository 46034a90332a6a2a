// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

/** No answer came, or none that this client understands. The message is one line: the cause, a semicolon, a remedy. */
public final class ConnectionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why, and what to do about it. */
  public enum Kind {
    /** Nothing listens there, or the host is not known. */
    UNREACHABLE("start one with 'arturo serve', or give the address of one"),
    /** The server, or the way to it, is too slow. */
    TIMEOUT("try again when it has less to do"),
    /** A connection that there was has broken off. */
    BROKEN("try again; what the server had accepted is not lost"),
    /** The connection cannot be encrypted, or the certificate is not trusted. */
    TLS("give an address of https whose certificate Java trusts (ARTURO_OPTS=-Djavax.net.ssl.trustStore=FILE)"),
    /** What answers is no arturo server. */
    NO_ARTURO("give the address that 'arturo serve' prints"),
    /** It is one of a version that speaks otherwise. */
    OTHER_VERSION("use the same version of arturo here and there"),
    /** What came is not what was sent. */
    CORRUPT("try again"),
    /** The server's answer was not waited for, since the thread was interrupted. */
    INTERRUPTED("try again");

    private final String remedy;

    Kind(String remedy) {
      this.remedy = remedy;
    }
  }

  private final Kind kind;
  private final String failure;

  /**
   * A failure.
   *
   * @param failure what has happened, without a remedy
   * @param cause null if there is none
   */
  public ConnectionException(Kind kind, String failure, Throwable cause) {
    super(failure + "; " + kind.remedy, cause);
    this.kind = kind;
    this.failure = failure;
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }

  /** What has happened, without the remedy. */
  public String failure() {
    return failure;
  }

  /** What to do about it, for a program that uses this client. */
  public String remedy() {
    return kind.remedy;
  }
}
