// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.exceptions;

/** Thrown when a plan cannot be closed. */
public class TornadoExecutionPlanException extends Exception {
  /** With a sentence that says why. */
  public TornadoExecutionPlanException(String message) {
    super(message);
  }
}
