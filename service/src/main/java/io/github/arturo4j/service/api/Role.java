// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a token opens; each role has what those behind it have. */
public enum Role {
  /** Tokens, devices, the audit trail. */
  ADMIN,

  /** Jobs and data. */
  USER,

  /** Nothing is changed. */
  READER;

  /** Its name in JSON and for people. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
