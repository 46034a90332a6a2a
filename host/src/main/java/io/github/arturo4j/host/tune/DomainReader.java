// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a list of values, or a section with min, max and perhaps a scale. */
final class DomainReader extends StdDeserializer<Domain> {
  private static final long serialVersionUID = 1;
  private static final String MUST =
      "it must be a list of the values to try, in [ ], or {min: NUMBER, max: NUMBER}, with scale: log or linear";

  DomainReader() {
    super(Domain.class);
  }

  @Override
  public Domain deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    return switch (parser.readValueAs(Object.class)) {
      case List<?> values -> choice(values);
      case Map<?, ?> section -> interval(section);
      case Object other -> throw new IllegalArgumentException("is " + other + "; " + MUST);
    };
  }

  private static Choice choice(List<?> values) {
    if (values.contains(null)) {
      throw new IllegalArgumentException("has an empty value; write it out, or leave it out");
    }
    return new Choice(List.copyOf(values));
  }

  private static Interval interval(Map<?, ?> section) {
    for (Object key : section.keySet()) {
      if (!Set.of("min", "max", "scale").contains(key)) {
        throw new IllegalArgumentException("has an unknown key '" + key + "'; " + MUST);
      }
    }
    return new Interval(number(section, "min"), number(section, "max"), scale(section.get("scale")));
  }

  private static double number(Map<?, ?> section, String key) {
    Object value = section.get(key);
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(
        value == null ? "has no " + key + "; " + MUST : "has " + key + " '" + Values.text(value) + "', which is no number; " + MUST);
  }

  private static Scale scale(Object name) {
    if (name == null) {
      return Scale.linear;
    }
    for (Scale scale : Scale.values()) {
      if (scale.name().equals(name)) {
        return scale;
      }
    }
    throw new IllegalArgumentException("has scale '" + Values.text(name) + "'; it must be log or linear");
  }
}
