// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The server's JSON: times in ISO 8601, no key twice, nothing behind the value. */
final class Json {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** A value in UTF-8. */
  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that is no JSON", e);
    }
  }

  /**
   * What a client has sent.
   *
   * @throws RequestException if it is no JSON, with line and column
   */
  static JsonNode read(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node == null || node.isMissingNode()) {
        throw new RequestException(400, null, "the request has no content; send a JSON object");
      }
      return node;
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw new RequestException(
          400, null, "the content is not JSON" + where + ": " + firstLine(e.getOriginalMessage()) + "; mend it there");
    } catch (IOException e) {
      throw new RequestException(400, null, "the content is not JSON: it is no text in UTF-8; encode it so");
    }
  }

  /** The record of what was checked against its schema. */
  static <T> T convert(JsonNode node, Class<T> type) {
    try {
      return MAPPER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a request that its schema lets pass is no " + type.getSimpleName(), e);
    }
  }

  private static String firstLine(String message) {
    String line = message == null ? "it is malformed" : message.lines().findFirst().orElse("it is malformed");
    return line.replaceAll("\\p{Cntrl}", " ").replace(';', ',');
  }
}
