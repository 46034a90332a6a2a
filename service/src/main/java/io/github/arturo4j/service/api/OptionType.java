// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an option's value is. */
public enum OptionType {
  /** A whole number. */
  INTEGER,

  /** A number. */
  NUMBER,

  /** Yes or no. */
  BOOLEAN,

  /** A text. */
  STRING;

  /** Its name in JSON and for people. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
