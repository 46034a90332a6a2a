// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/**
 * Where a layer is described.
 *
 * @param source a file's name, or what else has it
 * @param line from 1; 0 if there are none
 */
public record Place(String source, int line) {
  /** Such as "my.yaml, line 14". */
  @Override
  public String toString() {
    return line > 0 ? source + ", line " + line : source;
  }
}
