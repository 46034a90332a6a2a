// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.report;

import io.github.arturo4j.host.chart.Digits;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values (RFC 4180); a field without a value is empty. */
public final class Csv {
  private Csv() {}

  /** A row, with its line feed. */
  public static String line(List<String> fields) {
    return fields.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
  }

  private static String field(String value) {
    return value.matches("(?s).*[\",\r\n].*") ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }

  /** A number; empty for NaN. */
  public static String number(double value) {
    return Double.isNaN(value) ? "" : Digits.csv(value);
  }
}
