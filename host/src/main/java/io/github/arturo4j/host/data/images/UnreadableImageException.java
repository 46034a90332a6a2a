// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

/** A file that no image can be made of; the message says why, to stand in brackets behind its name: "truncated". */
public final class UnreadableImageException extends Exception {
  private static final long serialVersionUID = 1;

  UnreadableImageException(String reason) {
    super(reason);
  }

  UnreadableImageException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
