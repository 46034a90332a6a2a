// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

/**
 * Numbers x become (x − mean) / deviation.
 *
 * @param mean of the training rows
 * @param deviation standard deviation of the training rows, positive
 */
public record Scale(double mean, double deviation) {
  /** Checks the values. */
  public Scale {
    if (!Double.isFinite(mean) || !(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "mean is " + mean + " and deviation " + deviation + "; they are numbers, the second positive");
    }
  }

  /** The standardised value. */
  public double standardize(double value) {
    return (value - mean) / deviation;
  }

  /** The value of a standardised one, such as a network's output. */
  public double restore(double standardized) {
    return standardized * deviation + mean;
  }
}
