// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import java.util.Arrays;

/**
 * How long something took.
 *
 * @param medianSeconds of the runs: the one in the middle, or the one behind it
 * @param lowerQuartileSeconds a quarter of the runs took no longer, or nearly so where there are few
 * @param upperQuartileSeconds a quarter took no less
 * @param runs how many there were
 */
public record Times(double medianSeconds, double lowerQuartileSeconds, double upperQuartileSeconds, int runs) {
  private static final int QUARTERS = 4;

  /** Those of runs, at least one. */
  static Times of(double... seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return new Times(sorted[sorted.length / 2], sorted[last / QUARTERS], sorted[last - last / QUARTERS], sorted.length);
  }

  /** These, or the others if their median is lower. */
  Times orFaster(Times others) {
    return others.medianSeconds < medianSeconds ? others : this;
  }

  /** 10⁹ of so many things a second. */
  public double billions(double things) {
    return things / medianSeconds * 1e-9;
  }
}
