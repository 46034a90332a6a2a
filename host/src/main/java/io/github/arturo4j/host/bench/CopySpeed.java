// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How fast a copy is.
 *
 * @param what is copied where
 * @param bytes that are moved: within a device read and written
 * @param times of a copy
 */
public record CopySpeed(String what, long bytes, Times times) {
  /** 10⁹ bytes a second. */
  @JsonProperty
  public double gigabytesPerSecond() {
    return times.billions(bytes);
  }
}
