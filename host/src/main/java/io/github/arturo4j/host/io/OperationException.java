// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

/**
 * What was asked for is right, but cannot be done here and now: a folder is taken, a disk full. The message is one line
 * for the user: the cause, a semicolon, a remedy. Any other {@link IllegalStateException} is a fault of the program.
 */
public class OperationException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /** With its line. */
  public OperationException(String message) {
    super(message);
  }

  /** With its line and cause. */
  public OperationException(String message, Throwable cause) {
    super(message, cause);
  }
}
