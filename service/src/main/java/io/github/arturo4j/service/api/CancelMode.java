// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a job is cancelled. */
public enum CancelMode {
  /** It writes a checkpoint after the step in hand and can go on from there. */
  CHECKPOINT,

  /** Its process is killed; it can go on from the checkpoint before. */
  NOW;

  /** Its name in JSON and for people. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
