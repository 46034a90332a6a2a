// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

/**
 * What a caller or a file gives is not what it should be. The message is one line for the user: the cause, a semicolon, a
 * remedy. Any other {@link IllegalArgumentException} is a fault of the program.
 */
public class InputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** With its line. */
  public InputException(String message) {
    super(message);
  }

  /** With its line and cause. */
  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
