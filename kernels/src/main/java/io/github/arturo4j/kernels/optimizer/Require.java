// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

/**
 * The ranges of rates and hyperparameters, of what a device makes of them: floats. Each check throws one line that begins
 * with the name; one that has nothing to throw allocates nothing, as each step makes some.
 */
public final class Require {
  /** The greatest hyperparameter of arTuRO. */
  public static final double MAX = 1e15;

  /** The least that may not be 0. */
  public static final double MIN = 1e-15;

  private Require() {}

  /** Checks that the value is positive, and a normal float. */
  public static void positive(String name, double value) {
    positive(name, value, Float.MIN_NORMAL, Float.MAX_VALUE);
  }

  /** Checks that the value is 0 or greater, and finite as a float. */
  public static void notNegative(String name, double value) {
    notNegative(name, value, Float.MAX_VALUE);
  }

  /** Checks that the value is from {@link #MIN} to {@link #MAX}. */
  public static void moderate(String name, double value) {
    positive(name, value, MIN, MAX);
  }

  /** Checks that the value is from 0 to {@link #MAX}. */
  public static void moderateOrZero(String name, double value) {
    notNegative(name, value, MAX);
  }

  /**
   * Checks 0 ≤ value &lt; 1: the share of the old in a moving average. As a float it may be 1; what is left for the new is
   * a float of its own, and forgets nothing that matters in the steps of a training.
   */
  public static void share(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw failure(name, value, "0 or greater, and less than 1");
    }
  }

  /** Checks 0 &lt; value ≤ 1. */
  public static void fraction(String name, double value) {
    if (!(value > 0 && value <= 1)) {
      throw failure(name, value, "in (0, 1]");
    }
  }

  /** Checks 0 ≤ value ≤ 1. */
  public static void fractionOrZero(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw failure(name, value, "in [0, 1]");
    }
  }

  /** Checks that a whole number is 1 or greater. */
  public static void count(String name, double value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + (long) value + "; it must be 1 or greater");
    }
  }

  /** Checks that a step's decay, the rate times the factor of the weight decay, does not turn the weights around. */
  public static void decay(String rateName, double rate, double weightDecay) {
    if (!(rate * weightDecay < 1)) {
      throw failure(rateName + " times weightDecay", rate * weightDecay, "less than 1");
    }
  }

  private static void positive(String name, double value, double min, double max) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw failure(name, value, "positive and finite");
    }
    if (value < min) {
      throw failure(name, value, "at least " + (float) min);
    }
    atMost(name, value, max);
  }

  private static void notNegative(String name, double value, double max) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw failure(name, value, "0 or greater, and finite");
    }
    atMost(name, value, max);
  }

  private static void atMost(String name, double value, double max) {
    if (value > max) {
      throw failure(name, value, "at most " + (float) max);
    }
  }

  private static IllegalArgumentException failure(String name, double value, String range) {
    return new IllegalArgumentException(name + " is " + value + "; it must be " + range);
  }
}
