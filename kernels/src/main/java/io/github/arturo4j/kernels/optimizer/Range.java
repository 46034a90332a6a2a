// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

/** The ranges of rates and hyperparameters; each check throws one line that begins with the name. */
public final class Range {
  private Range() {}

  /** Checks 0 &lt; value &lt; ∞. */
  public static void positive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be positive and finite");
    }
  }

  /** Checks 0 ≤ value &lt; ∞. */
  public static void notNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be 0 or greater, and finite");
    }
  }

  /** Checks 0 ≤ value &lt; 1: the share of the old in a moving average. */
  public static void share(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be 0 or greater, and less than 1");
    }
  }
}
