// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a job does. */
public enum JobKind {
  /** Trains one network. */
  TRAIN,

  /** Compares optimizers. */
  COMPARE,

  /** Looks for an experiment's best values, by trials that are jobs of their own. */
  TUNE;

  /** Its name in JSON and for people. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
