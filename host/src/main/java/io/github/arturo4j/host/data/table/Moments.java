// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import java.util.List;

/**
 * Mean and standard deviation of numbers, that of all of them, divided by their number.
 *
 * @param mean the mean
 * @param deviation the standard deviation
 */
record Moments(double mean, double deviation) {
  /** Those of some numbers. */
  static Moments of(List<Double> values) {
    double mean = values.stream().mapToDouble(value -> value).sum() / values.size();
    double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
    boolean constant = values.stream().allMatch(values.getFirst()::equals); // whatever rounding says
    return new Moments(mean, constant ? 0 : Math.sqrt(squares / values.size()));
  }
}
