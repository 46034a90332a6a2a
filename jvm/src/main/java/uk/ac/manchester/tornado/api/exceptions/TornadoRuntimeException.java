// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.exceptions;

/** Thrown when a graph cannot be built or run. */
public class TornadoRuntimeException extends RuntimeException {
  /** With a sentence that says why. */
  public TornadoRuntimeException(String message) {
    super(message);
  }
}
