// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import java.util.Map;

/** A request that is refused before anything was changed; its message is one line: what is wrong; what to do about it. */
final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String field;
  private final transient Map<String, String> headers;

  /**
   * A refusal.
   *
   * @param status of HTTP
   * @param field where the wrong value is; null if it is not in one
   * @param message one line
   */
  RequestException(int status, String field, String message) {
    this(status, field, message, Map.of());
  }

  /** A refusal whose answer has headers of its own. */
  RequestException(int status, String field, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.field = field;
    this.headers = headers;
  }

  int status() {
    return status;
  }

  String field() {
    return field;
  }

  Map<String, String> headers() {
    return headers;
  }
}
