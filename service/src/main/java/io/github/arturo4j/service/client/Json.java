// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of the service's interface as JSON. Times are texts; what a newer server says beside is passed over. */
public final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  /** For people and programs: each value has its line, also one that is null. */
  private static final ObjectWriter WHOLE =
      MAPPER
          .rebuild()
          .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS))
          .build()
          .writerWithDefaultPrettyPrinter();

  private Json() {}

  /** The value of a text; null if that is {@code null}. */
  static <T> T read(String text, Class<T> type) throws JsonProcessingException {
    return MAPPER.readValue(text, type);
  }

  /** The values of an object, by name. */
  static Map<String, Object> object(String text) throws JsonProcessingException {
    return MAPPER.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  /** A value as a text in one line; what is null is left out. */
  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no value of the service's interface: " + value.getClass(), e);
    }
  }

  /** A value as a text for people, in several lines. */
  public static String pretty(Object value) {
    try {
      return WHOLE.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no value of the service's interface: " + value.getClass(), e);
    }
  }
}
