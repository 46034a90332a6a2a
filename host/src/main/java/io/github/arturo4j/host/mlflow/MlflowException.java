// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.mlflow;

import java.io.IOException;

/** A server has not done what it was asked to do; the message says why, in words that go on a line. */
final class MlflowException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int TIMEOUT = 408;
  private static final int TOO_MANY = 429;
  private static final int SERVER = 500;

  private final int status;
  private final String code;

  /**
   * An answer that is no success.
   *
   * @param status of HTTP
   * @param code MLflow's; may be empty
   */
  MlflowException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Whether MLflow says so. */
  boolean is(String mlflowCode) {
    return code.equals(mlflowCode);
  }

  /** Whether the same request may succeed later. */
  boolean isPassing() {
    return status >= SERVER || status == TOO_MANY || status == TIMEOUT;
  }
}
