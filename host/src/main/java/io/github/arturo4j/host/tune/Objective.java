// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.chart.Digits;
import io.github.arturo4j.models.metric.Metric;
import java.util.Locale;

/**
 * What a search looks for.
 *
 * @param set the examples it is measured on
 */
record Objective(Metric metric, String set) {
  /** Its name, such as validation accuracy. */
  String name() {
    return set + " " + metric.title();
  }

  /** The title of a column. */
  String title() {
    return name() + (metric.isShare() ? ", %" : "");
  }

  /** The value as it is shown: a share in percent. */
  double shown(double value) {
    return metric.isShare() ? 100 * value : value;
  }

  /** Digits after the point of what is shown. */
  int digits(double shown) {
    return metric.isShare() ? 2 : Digits.of(shown);
  }

  /** A value in a column. */
  String text(double value) {
    return String.format(Locale.ROOT, "%." + digits(shown(value)) + "f", shown(value));
  }

  /** A value in a sentence. */
  String words(double value) {
    return name() + " " + text(value) + (metric.isShare() ? "%" : "");
  }
}
