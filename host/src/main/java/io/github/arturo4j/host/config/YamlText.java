// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A YAML document, one section of keys: the lines of its keys, and what stands there. The positions in Jackson's
 * exceptions will not do for messages: it checks a record only after its last line, and keeps no positions of what
 * stands before the key that chooses a subtype.
 */
final class YamlText {
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final String NOT_VALID = "not valid YAML";

  /**
   * Where a key or an element of a list is.
   *
   * @param line from 1
   * @param value its first token: a scalar, or the begin of a section or of a list
   * @param text the scalar
   */
  private record Place(int line, JsonToken value, String text) {}

  private final String source;
  private final String remedy;
  private final Map<JsonPointer, Place> places = new LinkedHashMap<>();

  /**
   * Reads a text.
   *
   * @param source what messages call it
   * @param remedy what ends them; may be empty
   * @throws IllegalArgumentException if it is not one YAML document, or has a key twice in a section; one line
   */
  YamlText(byte[] yaml, String source, String remedy) {
    this.source = source;
    this.remedy = remedy;
    try (YAMLParser parser = YAML.createParser(yaml)) {
      read(parser);
    } catch (IOException e) {
      throw e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null
          ? fault(marked.getProblemMark().getLine() + 1, NOT_VALID + ": " + marked.getProblem(), e)
          : fault(0, NOT_VALID + " in UTF-8", e);
    }
  }

  private void read(YAMLParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw fault(0, "there is nothing in it", null);
    }
    places.put(JsonPointer.empty(), new Place(line(parser), first, text(parser)));
    if (first != JsonToken.START_OBJECT) {
      throw fault(line(parser), "it " + value(JsonPointer.empty()) + ", with no keys", null);
    }
    for (int depth = 1; depth > 0; ) {
      JsonToken token = parser.nextToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (!token.isStructEnd()) {
        note(token, parser);
      }
    }
    if (parser.nextToken() != null) {
      throw fault(line(parser), "a second document begins; leave it and the '---' before it out", null);
    }
  }

  private void note(JsonToken token, YAMLParser parser) throws IOException {
    JsonPointer key = parser.getParsingContext().pathAsPointer();
    Place known = places.get(key);
    if (token != JsonToken.FIELD_NAME) {
      places.put(key, new Place(known == null ? line(parser) : known.line, token, text(parser)));
    } else if (known == null) {
      places.put(key, new Place(line(parser), null, null));
    } else {
      throw fault(
          line(parser), "key '" + name(key) + "' is there twice, first in line " + known.line + "; leave one out",
          null);
    }
  }

  private static int line(YAMLParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private static String text(YAMLParser parser) throws IOException {
    return parser.currentToken().isScalarValue() ? parser.getText() : null;
  }

  /** Whether there is such a key or element. */
  boolean has(JsonPointer key) {
    return places.containsKey(key);
  }

  /** The line, from 1; 0 if the key is not there. */
  int line(JsonPointer key) {
    return has(key) ? places.get(key).line : 0;
  }

  /** The keys that have no value. */
  List<JsonPointer> empty() {
    return places.keySet().stream().filter(key -> places.get(key).value == JsonToken.VALUE_NULL).toList();
  }

  /** Whether a section of keys stands there. */
  boolean isSection(JsonPointer key) {
    return places.get(key).value == JsonToken.START_OBJECT;
  }

  /** Whether a number stands there that its quotes make a text. */
  boolean isQuotedNumber(JsonPointer key) {
    Place place = places.get(key);
    return place.value == JsonToken.VALUE_STRING
        && place.text.strip().matches("[-+]?(0|[1-9][0-9]*)(\\.[0-9]*)?([eE][-+]?[0-9]+)?");
  }

  /** What stands there, as the end of a sentence that begins with the key. */
  String value(JsonPointer key) {
    Place place = places.get(key);
    return switch (place.value) {
      case START_OBJECT -> "is a section of keys";
      case START_ARRAY -> "is a list";
      case VALUE_NULL -> "is empty";
      case VALUE_STRING -> "is \"" + place.text + '"';
      default -> "is " + place.text;
    };
  }

  /** A key in a message: its path, with dots. */
  static String name(JsonPointer key) {
    return key.toString().substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
  }

  /** What is thrown for a fault: source, line and message, in one line whatever values the message quotes. */
  IllegalArgumentException fault(int line, String message, Throwable cause) {
    String where = source + (line < 1 ? "" : ", line " + line);
    return new IllegalArgumentException(where + ": " + message.replaceAll("\\R", " ") + remedy, cause);
  }
}
