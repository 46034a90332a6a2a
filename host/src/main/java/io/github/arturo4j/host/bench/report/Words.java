// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.bench.Times;
import io.github.arturo4j.kernels.linalg.Pass;
import java.util.Locale;

/** Numbers of a report as people read them; what is not known is a dash. */
final class Words {
  static final String UNKNOWN = "–";

  private Words() {}

  /** A number with three digits that count, or all before the point. */
  static String number(Double value) {
    if (value == null || !Double.isFinite(value)) {
      return UNKNOWN;
    }
    double size = Math.abs(value);
    int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 || size == 0 ? 2 : size >= 0.1 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** A KL bound or learning rate, with three digits that count. */
  static String rate(double rate) {
    return String.format(Locale.ROOT, "%.3g", rate);
  }

  /** Seconds as milliseconds. */
  static String millis(Double seconds) {
    return number(seconds == null ? null : seconds * 1e3);
  }

  /** What of a whole a part is. */
  static String share(Double part, Double whole) {
    return part == null || whole == null || !(whole > 0) ? UNKNOWN : String.format(Locale.ROOT, "%.0f%%", 100 * part / whole);
  }

  /** How far apart the quartiles are, as a share of the median; of a single run nothing is known. */
  static String spread(Times times) {
    return times.runs() == 1 ? UNKNOWN : share(times.upperQuartileSeconds() - times.lowerQuartileSeconds(), times.medianSeconds());
  }

  /** A product of a layer. */
  static String pass(Pass pass) {
    return switch (pass) {
      case forward -> "forward";
      case input -> "to the input";
      case parameters -> "to the weights";
    };
  }

  /** Bytes in GiB. */
  static String gibibytes(Long bytes) {
    return bytes == null ? UNKNOWN : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
  }

  /** A count with its noun. */
  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
