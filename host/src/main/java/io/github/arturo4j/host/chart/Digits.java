// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.chart;

import io.github.arturo4j.models.metric.Metric;
import java.util.Locale;

/** How many digits tell a number that may be of any size, such as an error in the unit of what is predicted. */
public final class Digits {
  private static final int USUAL = 4;

  /** From it on, a number is told by a power of ten. */
  private static final double HUGE = 1e9;

  private Digits() {}

  /** Digits after the point for numbers of a size: {@value #USUAL}, fewer of great ones, and of small ones four that count. */
  public static int of(double size) {
    int power = size == 0 || !Double.isFinite(size) ? 0 : (int) Math.floor(Math.log10(Math.abs(size)));
    return power > 0 ? Math.max(0, USUAL + 1 - power) : power < -2 ? USUAL - 1 - power : USUAL;
  }

  /** The value of a metric for people. */
  public static String text(Metric metric, double value) {
    return metric.isShare() ? String.format(Locale.ROOT, "%." + USUAL + "f", value) : text(value);
  }

  /** A number for people. */
  public static String text(double value) {
    return Math.abs(value) >= HUGE && Double.isFinite(value)
        ? String.format(Locale.ROOT, "%.3e", value)
        : String.format(Locale.ROOT, "%." + of(value) + "f", value);
  }

  /** A number for programs: six digits after the point, and of small ones six that count. */
  public static String csv(double value) {
    return String.format(Locale.ROOT, value != 0 && Math.abs(value) < 1e-3 ? "%.6g" : "%.6f", value);
  }
}
