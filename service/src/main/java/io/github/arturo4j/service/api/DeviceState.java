// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a device gets jobs. */
public enum DeviceState {
  /** It does. */
  AVAILABLE,

  /** Somebody does not want it to. */
  DRAINED,

  /** Jobs have crashed on it. */
  FAULTY;

  /** Its name in JSON and for people. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
