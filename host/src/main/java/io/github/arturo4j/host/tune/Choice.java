// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of several values, each as likely as the others.
 *
 * @param values as a file may have them: numbers, texts, sections
 */
public record Choice(@JsonValue List<Object> values) implements Domain {
  /** Checks that there are some, none of them twice. */
  public Choice {
    values = List.copyOf(values);
    if (values.isEmpty()) {
      throw new IllegalArgumentException("is an empty list; give it the values to try");
    }
    if (new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException("has a value twice; leave it out");
    }
  }

  @Override
  public Object draw(double u, boolean whole) {
    return values.get((int) (u * values.size()));
  }

  @Override
  public boolean contains(Object value) {
    return value != null && values.contains(value);
  }

  @Override
  public String words() {
    return "of " + values.stream().map(Values::text).collect(Collectors.joining(", "));
  }
}
