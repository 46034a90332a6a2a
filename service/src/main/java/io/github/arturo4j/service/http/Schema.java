// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a value of a request may be: the keywords of OpenAPI's schemas that our requests use. One that is not known here is an
 * error at the start, as a limit that is written down and not kept would be worse than none.
 *
 * @param status of the answer to a value that is refused
 * @param node the schema
 * @param named those that it may refer to, by their reference
 */
record Schema(int status, JsonNode node, Map<String, JsonNode> named) {
  private static final Set<String> KNOWN =
      Set.of("type", "enum", "minimum", "maximum", "minLength", "maxLength", "pattern", "items", "maxItems", "properties", "required",
          "additionalProperties", "oneOf", "default", "description", "format", "$ref");
  private static final Set<String> FORMATS = Set.of("int64", "binary");
  private static final int SHOWN = 60;

  Schema {
    check(node, named);
  }

  private static void check(JsonNode node, Map<String, JsonNode> named) {
    node.fieldNames().forEachRemaining(
        keyword -> {
          if (!KNOWN.contains(keyword)) {
            throw new IllegalStateException("openapi.yaml: no code knows the keyword " + keyword + " of a request's schema");
          }
        });
    if (node.has("$ref") && !named.containsKey(node.get("$ref").asText())) {
      throw new IllegalStateException("openapi.yaml: there is no " + node.get("$ref").asText());
    }
    if (node.has("format") && !FORMATS.contains(node.get("format").asText())) {
      throw new IllegalStateException("openapi.yaml: no code knows the format " + node.get("format").asText() + " of a request");
    }
    node.path("properties").forEach(each -> check(each, named));
    node.path("oneOf").forEach(each -> check(each, named));
    for (String inner : List.of("items", "additionalProperties")) {
      if (node.path(inner).isObject()) {
        check(node.get(inner), named);
      }
    }
  }

  /**
   * Checks a value.
   *
   * @param field where it is; empty for the whole content
   * @throws RequestException if it is not what it may be
   */
  void check(JsonNode value, String field) {
    if (node.has("$ref")) {
      with(named.get(node.get("$ref").asText())).check(value, field);
    } else if (node.has("oneOf")) {
      oneOf(value, field);
    } else {
      switch (type()) {
        case "object" -> object(value, field);
        case "array" -> array(value, field);
        case "string" -> string(value, field);
        case "integer", "number" -> number(value, field);
        case "boolean" -> require(value.isBoolean(), value, field, "which is neither true nor false", "give true or false");
        default -> throw new IllegalStateException("openapi.yaml: no code knows the type " + type());
      }
    }
  }

  /**
   * The value of a text in a path, a query or a header.
   *
   * @throws RequestException if it is not what it may be
   */
  JsonNode parse(String text, String field) {
    JsonNode value = TextNode.valueOf(text);
    if (type().equals("integer") && text.matches("-?[0-9]{1,19}")) {
      try {
        value = LongNode.valueOf(Long.parseLong(text));
      } catch (NumberFormatException e) {
        throw refused(value, field, "which is out of range", range());
      }
    } else if (type().equals("boolean") && (text.equals("true") || text.equals("false"))) {
      value = BooleanNode.valueOf(Boolean.parseBoolean(text));
    }
    check(value, field);
    return value;
  }

  /** The value where none is given; null if there is none. */
  JsonNode byDefault() {
    return node.get("default");
  }

  private String type() {
    return node.path("type").asText("object");
  }

  private Schema with(JsonNode inner) {
    return new Schema(status, inner, named);
  }

  private void oneOf(JsonNode value, String field) {
    List<String> types = new ArrayList<>();
    for (JsonNode each : node.get("oneOf")) {
      Schema schema = with(each);
      boolean fits = switch (schema.type()) {
        case "string" -> value.isTextual();
        case "number" -> value.isNumber();
        case "boolean" -> value.isBoolean();
        case "array" -> value.isArray();
        default -> throw new IllegalStateException("openapi.yaml: no code knows oneOf with the type " + schema.type());
      };
      if (fits) {
        schema.check(value, field);
        return;
      }
      types.add(schema.type());
    }
    throw refused(value, field, "which is none of " + String.join(", ", types), "give one");
  }

  private void object(JsonNode value, String field) {
    require(value.isObject(), value, field, "which is no JSON object", "give one in braces");
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    node.path("properties").properties().forEach(each -> properties.put(each.getKey(), each.getValue()));
    JsonNode others = node.path("additionalProperties");
    value.properties().forEach(
        each -> {
          String inner = (field.isEmpty() ? "" : field + ".") + each.getKey();
          if (properties.containsKey(each.getKey())) {
            with(properties.get(each.getKey())).check(each.getValue(), inner);
          } else if (others.isObject()) {
            with(others).check(each.getValue(), inner);
          } else {
            throw new RequestException(
                status, shown(inner), "'" + shown(inner) + "' is no field of this; " + Nearest.remedy(each.getKey(), properties.keySet()));
          }
        });
    for (JsonNode each : node.path("required")) {
      if (!value.has(each.asText())) {
        String inner = (field.isEmpty() ? "" : field + ".") + each.asText();
        throw new RequestException(status, inner, inner + " is missing; give it");
      }
    }
  }

  private void array(JsonNode value, String field) {
    require(value.isArray(), value, field, "which is no list", "give one in brackets");
    int max = node.path("maxItems").asInt(Integer.MAX_VALUE);
    if (value.size() > max) {
      throw new RequestException(status, field, field + " has " + value.size() + " entries; give at most " + max);
    }
    for (int i = 0; i < value.size(); i++) {
      with(node.get("items")).check(value.get(i), field + "[" + i + "]");
    }
  }

  private void string(JsonNode value, String field) {
    require(value.isTextual(), value, field, "which is no text", "give one in quotes");
    String text = value.textValue();
    if (node.has("enum")) {
      List<String> words = new ArrayList<>();
      node.get("enum").forEach(each -> words.add(each.asText()));
      require(words.contains(text), value, field, "which is not known", Nearest.of(text, words).map(each -> "did you mean '" + each + "'?")
          .orElse("give one of " + String.join(", ", words)));
    }
    int length = text.codePointCount(0, text.length());
    int min = node.path("minLength").asInt(0);
    int max = node.path("maxLength").asInt(Integer.MAX_VALUE);
    if (length < min) {
      throw new RequestException(status, field, field + " is empty; give " + (min == 1 ? "a text" : min + " characters"));
    }
    require(length <= max, value, field, "which has " + length + " characters", "give at most " + max);
    if (node.has("pattern")) {
      String pattern = node.get("pattern").asText();
      String right = node.path("description").asText("one that matches " + pattern);
      require(Pattern.compile(pattern).matcher(text).find(), value, field, "which is not allowed", "give " + right);
    }
  }

  private void number(JsonNode value, String field) {
    boolean whole = type().equals("integer");
    require(value.isNumber(), value, field, "which is no number", whole ? "give a whole one" : "give one");
    require(!whole || value.isIntegralNumber(), value, field, "which is no whole number", "give one");
    if (whole) {
      boolean wide = node.path("format").asText().equals("int64");
      require(wide ? value.canConvertToLong() : value.canConvertToInt(), value, field, "which is out of range", range());
    }
    BigDecimal number = value.decimalValue();
    require(!node.has("minimum") || number.compareTo(node.get("minimum").decimalValue()) >= 0, value, field, "which is too small", range());
    require(!node.has("maximum") || number.compareTo(node.get("maximum").decimalValue()) <= 0, value, field, "which is too large", range());
  }

  private String range() {
    String from = node.has("minimum") ? " from " + node.get("minimum").asText() : "";
    String to = node.has("maximum") ? " to " + node.get("maximum").asText() : "";
    return from.isEmpty() && to.isEmpty() ? "give a number of fewer digits" : "give one" + from + to;
  }

  private void require(boolean right, JsonNode value, String field, String wrong, String remedy) {
    if (!right) {
      throw refused(value, field, wrong, remedy);
    }
  }

  private RequestException refused(JsonNode value, String field, String wrong, String remedy) {
    String what = field.isEmpty() ? "the content" : shown(field);
    String text = value.isNull() && !field.isEmpty() ? remedy + ", or leave it out" : remedy;
    return new RequestException(status, field.isEmpty() ? null : shown(field), what + " is " + words(value) + ", " + wrong + "; " + text);
  }

  private static String words(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "'" + shown(value.textValue()) + "'";
      default -> shown(value.toString());
    };
  }

  /** On one line, and not longer than one wants to read. */
  static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    int length = line.codePointCount(0, line.length());
    return length <= SHOWN ? line : line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
