// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.tuning;

import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.linalg.Product;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was measured of a product on a device.
 *
 * @param trials what was tried, in that order: first the cut by rule
 * @param complete whether there was time for all candidates
 */
public record Tuned(Product product, List<Trial> trials, boolean complete) {
  /**
   * A cut that was tried.
   *
   * @param seconds of one execution, the fastest of several; NaN if it is not {@code right}
   * @param right whether it gave the product's result; if not, it is never chosen
   */
  public record Trial(Cut cut, double seconds, boolean right) {}

  /** The fastest that is right; nothing if none is. */
  public Optional<Trial> best() {
    return trials.stream().filter(Trial::right).min(Comparator.comparingDouble(Trial::seconds));
  }

  /** The cut by rule. */
  public Trial rule() {
    return trials.getFirst();
  }

  /** How many were tried and not right. */
  public long wrong() {
    return trials.stream().filter(trial -> !trial.right()).count();
  }

  /** How many times as long the cut by rule takes as the best one; 1 if the rule's is not right, or none is. */
  public double gain() {
    return rule().right() ? rule().seconds() / best().orElseThrow().seconds() : 1;
  }
}
