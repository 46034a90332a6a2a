// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.host.io.Printable;

/** Data that is missing or not what it should be; the message is one line with the file and the remedy. */
public final class DataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With its line. */
  public DataException(String message) {
    super(Printable.of(message));
  }

  /** With its line and cause. */
  public DataException(String message, Throwable cause) {
    super(Printable.of(message), cause);
  }
}
