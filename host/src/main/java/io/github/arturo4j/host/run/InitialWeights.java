// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

/**
 * The file of the weights that a run began with.
 *
 * @param file its absolute path
 * @param sha256 of its content, 64 hexadecimal digits
 */
public record InitialWeights(String file, String sha256) {
  /** Checks the checksum. */
  public InitialWeights {
    if (sha256 == null || !sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("weights.sha256 is '" + sha256 + "'; it must be 64 hexadecimal digits");
    }
  }
}
