// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.diagnose;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How many of some values are of which size, in bins of a quarter of a power of ten.
 *
 * @param label what they are
 * @param counts a bin each, from {@link #LOW} on
 * @param total how many values there are, those in no bin included
 */
record Histogram(String label, long[] counts, long total) {
  /** Power of ten at which the first bin begins. */
  static final int LOW = -10;

  /** Power of ten at which the last bin ends. */
  static final int HIGH = 8;

  private static final int PER_POWER = 4;

  /** That of the positive of some values; sizes beyond the bins count to the nearest. */
  static Histogram of(String label, float[] values, double sign) {
    long[] counts = new long[(HIGH - LOW) * PER_POWER];
    for (float value : values) {
      if (sign * value > 0) {
        int bin = (int) Math.floor((Math.log10(sign * value) - LOW) * PER_POWER);
        counts[Math.clamp(bin, 0, counts.length - 1)]++;
      }
    }
    return new Histogram(label, counts, values.length);
  }

  /** The bins that are not empty. */
  List<Integer> bins() {
    return IntStream.range(0, counts.length).filter(i -> counts[i] > 0).boxed().toList();
  }

  /** The middle of a bin, as a power of ten. */
  static double middle(int bin) {
    return LOW + (bin + 0.5) / PER_POWER;
  }

  /** Which share of all values is in a bin. */
  double share(int bin) {
    return counts[bin] / (double) total;
  }
}
