// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** Values that are tried, in words. */
final class Values {
  private Values() {}

  /** A value as a file has it, in one line: a number without needless digits, a section in braces. */
  static String text(Object value) {
    return switch (value) {
      case Double number when number == Math.rint(number) && Math.abs(number) < 1e6 -> String.valueOf(number.longValue());
      case Double number -> number.toString().replaceFirst("(\\.0)?E", "e");
      case List<?> list -> list.stream().map(Values::text).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> section ->
          section.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> String.valueOf(value);
    };
  }

  /** All values of a trial, each behind its name. */
  static String text(SequencedMap<String, Object> values) {
    return values.entrySet().stream().map(entry -> entry.getKey() + " " + text(entry.getValue())).collect(Collectors.joining(", "));
  }
}
