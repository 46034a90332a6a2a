// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import java.util.Arrays;

/**
 * Mean and standard deviation of numbers, that of all of them, divided by their number.
 *
 * @param mean the mean
 * @param deviation the standard deviation
 */
record Moments(double mean, double deviation) {
  /** Those of some numbers. */
  static Moments of(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    boolean constant = Arrays.stream(values).allMatch(value -> value == values[0]); // whatever rounding says
    return new Moments(mean, constant ? 0 : Math.sqrt(squares / values.length));
  }
}
