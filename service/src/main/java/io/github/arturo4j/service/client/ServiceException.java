// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

/** The server refuses a request. The message is one line: what is wrong; what to do about it. */
public final class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String field;
  private final String detail;

  /**
   * A refusal.
   *
   * @param status of HTTP
   * @param field where the wrong value is, such as {@code options.epochs}; null if it is not in one
   * @param detail the server's words
   */
  public ServiceException(int status, String field, String detail) {
    super(detail);
    this.status = status;
    this.field = field;
    this.detail = detail;
  }

  /** The status of HTTP: 401 without a valid token, 403 where its role does not reach, 404, 409, 422, and so on. */
  public int status() {
    return status;
  }

  /** Where the wrong value is, such as {@code options.epochs}; null if it is not in one. */
  public String field() {
    return field;
  }

  /** What is wrong; what to do about it. */
  public String detail() {
    return detail;
  }
}
