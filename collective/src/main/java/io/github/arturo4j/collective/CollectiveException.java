// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

/**
 * The ranks cannot work together, or no longer: there is no MPI library, it does not fit the launcher, a call of it has failed.
 * The message is one line for the user: the cause, a semicolon, a remedy.
 */
public final class CollectiveException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With its line. */
  public CollectiveException(String message) {
    super(message);
  }
}
