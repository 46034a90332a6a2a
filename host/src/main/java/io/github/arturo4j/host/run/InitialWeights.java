// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The file of the weights that a run began with.
 *
 * @param file its absolute path
 * @param sha256 of its content, 64 hexadecimal digits
 * @param headReplaced whether the last layer began with random weights all the same; null for false
 */
public record InitialWeights(
    String file, String sha256, @JsonInclude(JsonInclude.Include.NON_NULL) Boolean headReplaced) {
  /** Checks the checksum. */
  public InitialWeights {
    if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("weights.sha256 is '" + sha256 + "'; it must be 64 hexadecimal digits");
    }
    headReplaced = Boolean.TRUE.equals(headReplaced) ? Boolean.TRUE : null;
  }

  /** All weights of a file. */
  public InitialWeights(String file, String sha256) {
    this(file, sha256, null);
  }

  /** The same but for the last layer. */
  public InitialWeights withHeadReplaced() {
    return new InitialWeights(file, sha256, true);
  }
}
