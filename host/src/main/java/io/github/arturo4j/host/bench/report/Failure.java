// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

/**
 * What could not be measured.
 *
 * @param part of the report
 * @param item of the part
 * @param message why, in one line
 */
public record Failure(String part, String item, String message) {
  @Override
  public String toString() {
    return part + ", " + item + ": " + message;
  }
}
