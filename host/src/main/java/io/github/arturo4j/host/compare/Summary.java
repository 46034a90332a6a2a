// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import java.util.Arrays;

/**
 * Mean and spread of a sample.
 *
 * @param count of values
 * @param mean NaN if there are none
 * @param deviation sample standard deviation, with count − 1; NaN for fewer than two values
 */
record Summary(int count, double mean, double deviation) {
  static Summary of(double... values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return new Summary(
        values.length, mean, values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1)));
  }
}
