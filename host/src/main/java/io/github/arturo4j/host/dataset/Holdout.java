// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Split;
import java.nio.file.Path;

/**
 * Training examples that are held out to validate with, of each class alike.
 *
 * @param share of them, between 0 and 1
 * @param seed equal seeds hold out the same ones
 */
public record Holdout(double share, long seed) {
  /**
   * Splits examples.
   *
   * @param path where they are, for messages
   * @throws DataException if there are too few; one line
   */
  Split split(Targets targets, Path path) {
    try {
      return Split.of(targets, share, seed);
    } catch (IllegalArgumentException e) {
      throw new DataException("'" + path + "': " + e.getMessage(), e);
    }
  }

  /** Throws if a data set has examples of its own to validate with, and is to hold out others. */
  static void checkNone(Holdout holdout, Path own) {
    if (holdout != null) {
      throw new DataException(
          "'" + own + "' has examples to validate with, and validation is " + holdout.share
              + "; leave out the key validation (--validation), or move these away");
    }
  }
}
