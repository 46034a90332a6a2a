// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

/** What a caller asks for cannot be: an option's value out of its range, or options that contradict each other. */
public final class UsageException extends InputException {
  private static final long serialVersionUID = 1;

  /** With one line: the cause, a semicolon, a remedy. */
  public UsageException(String message) {
    super(message);
  }

  /** With one line: the cause, a semicolon, a remedy. */
  public UsageException(String message, Throwable cause) {
    super(message, cause);
  }
}
