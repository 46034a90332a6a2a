// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** What stands in a cell of a table. */
final class Cell {
  private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "?", "null");

  /** What decimal numbers are made of: what Java takes besides them, such as {@code 1f}, is a text. */
  private static final String DECIMAL = "0123456789.-+eE";

  /** From it on, not every whole number is a double. */
  private static final double MAX_WHOLE = 1L << 53;

  private Cell() {}

  /** Whether nothing stands there, or a word for it: NA, N/A, NaN, ? or null, in capitals or not. */
  static boolean isMissing(String text) {
    return text.length() <= 4 && MISSING.contains(text.toLowerCase(Locale.ROOT));
  }

  /** The category that it is: an empty one for missing values. */
  static String category(String text) {
    return isMissing(text) ? "" : text;
  }

  /** The number that it is; empty if it is none, or not finite. */
  static OptionalDouble number(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (DECIMAL.indexOf(text.charAt(i)) < 0) {
        return OptionalDouble.empty();
      }
    }
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** Whether it is a whole number, such as 3 or 3.0. */
  static boolean isWhole(String text) {
    OptionalDouble number = number(text);
    return number.isPresent() && Math.rint(number.getAsDouble()) == number.getAsDouble()
        && Math.abs(number.getAsDouble()) < MAX_WHOLE;
  }

  /** A whole number as the name of a class: 3.0 is 3. */
  static String whole(String text) {
    return Long.toString((long) number(text).orElseThrow());
  }
}
