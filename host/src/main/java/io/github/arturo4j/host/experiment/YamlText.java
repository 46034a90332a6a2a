// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.github.arturo4j.host.io.FileKind;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.models.layer.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A YAML document, one section of keys: the lines of its keys, and what stands there. The positions in Jackson's
 * exceptions will not do for messages: it checks a record only after its last line, and keeps no positions of what
 * stands before the key that chooses a subtype.
 */
final class YamlText {
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final int MAX_LEVELS = 40;
  private static final String BUILT_IN = ", as a built-in experiment has it";
  private static final String COPY = "; copy a built-in experiment and change it";

  /** Decimal numbers, in groups of three digits or not, and those that are refused for being no such ones. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?((0|[1-9][0-9]*|[1-9][0-9]{0,2}(_[0-9]{3})+)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?"
              + "|.*:.*|[-+]?\\.(inf|Inf|INF|nan|NaN|NAN)");

  /**
   * Where a key or an element of a list is.
   *
   * @param line from 1
   * @param value its first token: a scalar, or the begin of a section or of a list
   * @param text the scalar
   */
  private record Spot(int line, JsonToken value, String text) {}

  private final String source;
  private final String remedy;
  private final String text;
  private final Map<JsonPointer, Spot> places = new LinkedHashMap<>();

  /**
   * Reads a text.
   *
   * @param source what messages call it
   * @param remedy what ends them; may be empty
   * @throws InputException if it is not one YAML document, or has a key twice in a section; one line
   */
  YamlText(byte[] yaml, String source, String remedy) {
    this.source = source;
    this.remedy = remedy;
    text = decode(yaml);
    try (YAMLParser parser = YAML.createParser(text)) {
      read(parser);
    } catch (IOException e) {
      MarkedYAMLException marked = e.getCause() instanceof MarkedYAMLException cause ? cause : null;
      int line = marked == null || marked.getProblemMark() == null ? 0 : marked.getProblemMark().getLine() + 1;
      throw fault(
          line,
          "not valid YAML" + (marked == null ? "" : ": " + marked.getProblem())
              + otherwise("; a line is 'key: value', the keys of a section are two blanks further in"),
          e);
    }
  }

  /** The text, if it is one that YAML allows. */
  private String decode(byte[] yaml) {
    FileKind kind = FileKind.of(yaml).orElse(null);
    if (kind != null) {
      throw fault(0, "it is " + kind.words() + otherwise("; " + kind.remedy()), null);
    }
    String decoded;
    try {
      decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
    } catch (CharacterCodingException e) {
      throw fault(0, "it is no text in UTF-8" + otherwise("; save it in UTF-8"), e);
    }
    if (decoded.startsWith("\ufeff")) { // a byte order mark, as some editors write it
      decoded = decoded.substring(1);
    }
    int line = 1;
    for (int i = 0; i < decoded.length(); i += Character.charCount(decoded.codePointAt(i))) {
      int c = decoded.codePointAt(i);
      if (!StreamReader.isPrintable(c)) {
        throw fault(line, "the character '" + Character.toString(c) + "' may not be in it" + otherwise("; delete it"),
            null);
      }
      line += c == '\n' ? 1 : 0;
    }
    return decoded;
  }

  /** A remedy, where the source has none of its own. */
  private String otherwise(String own) {
    return remedy.isEmpty() ? own : "";
  }

  private void read(YAMLParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw fault(0, "there is nothing in it" + otherwise(COPY), null);
    }
    checkPlain(parser);
    places.put(JsonPointer.empty(), new Spot(line(parser), first, text(parser)));
    if (first != JsonToken.START_OBJECT) {
      throw fault(line(parser), "it " + value(JsonPointer.empty()) + ", with no keys" + otherwise(COPY), null);
    }
    for (int depth = 1; depth > 0; ) {
      JsonToken token = parser.nextToken();
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth > MAX_LEVELS) {
        throw fault(
            line(parser), "there are more than " + MAX_LEVELS + " levels of sections and lists" + otherwise(COPY),
            null);
      }
      if (!token.isStructEnd()) {
        checkPlain(parser);
        note(token, parser);
      }
    }
    if (parser.nextToken() != null) {
      throw fault(line(parser), "a second document begins; leave it and the '---' before it out", null);
    }
  }

  /** Refuses what YAML reads otherwise than it looks like, and what is no plain value. */
  private void checkPlain(YAMLParser parser) throws IOException {
    if (parser.isCurrentAlias()) {
      throw fault(
          line(parser), key(parser) + "is an alias, *" + Printable.value(parser.getText())
              + "; write the value itself", null);
    }
    if (parser.getTypeId() != null) {
      throw fault(
          line(parser), key(parser) + "has a tag, " + Printable.value(parser.getTypeId()) + "; leave the tag out",
          null);
    }
    if (parser.currentToken().isNumeric() && !NUMBER.matcher(parser.getText()).matches()) {
      throw fault(
          line(parser),
          key(parser) + "is " + Printable.value(parser.getText()) + ", which YAML does not read as it looks; write a"
              + " number in decimal digits without leading zeros, and a text in quotes",
          null);
    }
  }

  /** The key that a parser is at, as the begin of a sentence. */
  private static String key(YAMLParser parser) {
    JsonPointer key = parser.getParsingContext().pathAsPointer();
    return key.matches() ? "it " : "key '" + name(key) + "' ";
  }

  private void note(JsonToken token, YAMLParser parser) throws IOException {
    JsonPointer key = parser.getParsingContext().pathAsPointer();
    Spot known = places.get(key);
    if (token != JsonToken.FIELD_NAME) {
      places.put(key, new Spot(known == null ? line(parser) : known.line, token, text(parser)));
    } else if (known == null) {
      places.put(key, new Spot(line(parser), null, null));
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

  /** The text itself. */
  String text() {
    return text;
  }

  /** The line, from 1; of a key that is not there, that of its section; 0 if it is in none. */
  int line(JsonPointer key) {
    if (key.matches()) {
      return 0;
    }
    return has(key) ? places.get(key).line : line(key.head());
  }

  /** Where a key is, or what is above it. */
  Place place(JsonPointer key) {
    return new Place(Printable.of(source), line(key));
  }

  /** A message that quotes a value: if the value is long, its beginning in its place. */
  String shortened(String message, JsonPointer key) {
    String value = has(key) ? places.get(key).text : null;
    return value == null || value.isEmpty() ? message : message.replace(value, Printable.value(value));
  }

  /** That a key is missing, as the end of a sentence that begins with it. */
  String missing(JsonPointer key) {
    return "is missing" + otherwise("; add it" + (key.head().matches() || !name(key.head()).equals("dataset") ? BUILT_IN : ""));
  }

  /** The keys that have no value. */
  List<JsonPointer> empty() {
    return places.keySet().stream().filter(key -> places.get(key).value == JsonToken.VALUE_NULL).toList();
  }

  /** Whether a section of keys stands there. */
  boolean isSection(JsonPointer key) {
    return places.get(key).value == JsonToken.START_OBJECT;
  }

  /** Whether a text stands there. */
  boolean isText(JsonPointer key) {
    return places.get(key).value == JsonToken.VALUE_STRING;
  }

  /** Whether a number stands there that its quotes make a text. */
  boolean isQuotedNumber(JsonPointer key) {
    Spot place = places.get(key);
    return place.value == JsonToken.VALUE_STRING
        && place.text.strip().matches("[-+]?(0|[1-9][0-9]*)(\\.[0-9]*)?([eE][-+]?[0-9]+)?");
  }

  /** What stands there, as the end of a sentence that begins with the key. */
  String value(JsonPointer key) {
    Spot place = places.get(key);
    return switch (place.value) {
      case START_OBJECT -> "is a section of keys";
      case START_ARRAY -> "is a list";
      case VALUE_NULL -> "is empty";
      case VALUE_STRING -> "is \"" + Printable.value(place.text) + '"';
      default -> "is " + Printable.value(place.text);
    };
  }

  /** A key in a message: its path, with dots. */
  static String name(JsonPointer key) {
    return key.toString().substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
  }

  /** The same for a message that names source and line itself. */
  InputException placed(String message, Throwable cause) {
    return new InputException(Printable.of(message) + remedy, cause);
  }

  /** What is thrown for a fault: source, line and message, in one line whatever values the message quotes. */
  InputException fault(int line, String message, Throwable cause) {
    String where = Printable.of(source) + (line < 1 ? "" : ", line " + line);
    return new InputException(where + ": " + Printable.of(message) + remedy, cause);
  }
}
