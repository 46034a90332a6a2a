// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a job is. */
public enum State {
  /** It waits for devices. */
  QUEUED,

  /** Its process runs. */
  RUNNING,

  /** Its process was asked to stop. */
  STOPPING,

  /** It has done all that it was to do. */
  SUCCEEDED,

  /** It cannot go on by itself. */
  FAILED,

  /** Somebody has cancelled it. */
  CANCELLED;

  /** Whether nothing more happens to it by itself. */
  public boolean hasEnded() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /** Its name in JSON and for people. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
