// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/** A request that is refused; its message is one line for whoever has made it: what is wrong; what to do about it. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Kind {
    /** A value is wrong. */
    INVALID(422),
    /** There is no such thing. */
    NOT_FOUND(404),
    /** It does not fit to what is there now. */
    CONFLICT(409);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /** The status in HTTP. */
    public int status() {
      return status;
    }
  }

  private final Kind kind;
  private final String field;

  /**
   * A refusal.
   *
   * @param field where the wrong value is, such as {@code options.epochs}; null if it is not in one
   * @param message one line
   */
  public RefusedException(Kind kind, String field, String message) {
    super(message);
    this.kind = kind;
    this.field = field;
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }

  /** Where; null if it is not in a field. */
  public String field() {
    return field;
  }
}
