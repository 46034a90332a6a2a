// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Takes a request apart as its operation says.
 *
 * @param operation what is called
 * @param maxBytes of a JSON content
 */
record CallReader(Operation operation, int maxBytes) {
  /** What was sent beside the content; a name that is not known or given twice is refused, as nobody would notice it else. */
  Map<String, JsonNode> parameters(Context context) {
    Map<String, JsonNode> values = new HashMap<>();
    Set<String> queries = new HashSet<>();
    for (Operation.Parameter each : operation.parameters()) {
      String text = switch (each.in()) {
        case "path" -> context.pathParam(each.name());
        case "header" -> context.header(each.name());
        default -> query(context, each.name());
      };
      if (each.in().equals("query")) {
        queries.add(each.name());
      }
      if (text != null) {
        values.put(each.name(), each.schema().parse(text, each.name()));
      } else if (each.required()) {
        throw new RequestException(400, each.name(), each.name() + " is missing; give it, as ?" + each.name() + "=…");
      } else if (each.schema().byDefault() != null) {
        values.put(each.name(), each.schema().byDefault());
      }
    }
    for (String name : context.queryParamMap().keySet()) {
      if (!queries.contains(name)) {
        String shown = Schema.shown(name);
        throw new RequestException(400, shown, "'" + shown + "' is no parameter of this; " + Nearest.remedy(name, queries));
      }
    }
    return values;
  }

  private static String query(Context context, String name) {
    List<String> values = context.queryParams(name);
    if (values.size() > 1) {
      throw new RequestException(400, name, name + " is given " + values.size() + " times; give it once");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /** The JSON of a request that has one; null if there is none. What else an operation takes, it reads itself. */
  JsonNode body(Context context) throws IOException {
    if (operation.bodyType() == null) {
      return null;
    }
    String type = context.contentType();
    boolean json = operation.bodyType().equals("application/json");
    if (!json) {
      if (type != null && !mediaType(type).equals(operation.bodyType())) {
        throw wrongType(type);
      }
      return null;
    }
    byte[] content = content(context);
    if (content.length == 0) {
      if (operation.bodyRequired()) {
        throw new RequestException(400, null, "the request has no content; send a JSON object");
      }
      return null;
    }
    if (type == null || !mediaType(type).equals(operation.bodyType())) {
      throw wrongType(type);
    }
    JsonNode node = Json.read(content);
    operation.body().check(node, "");
    return node;
  }

  private RequestException wrongType(String type) {
    String what = type == null ? "the content has no Content-Type" : "the Content-Type is '" + Schema.shown(type) + "'";
    return new RequestException(415, "Content-Type", what + ", which is not taken; send " + operation.bodyType());
  }

  private static String mediaType(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private byte[] content(Context context) throws IOException {
    if (context.req().getContentLengthLong() > maxBytes) {
      throw tooLong();
    }
    InputStream in = context.req().getInputStream();
    byte[] content = in.readNBytes(maxBytes + 1);
    if (content.length > maxBytes) {
      throw tooLong();
    }
    return content;
  }

  private RequestException tooLong() {
    return new RequestException(413, null, "the content is longer than " + maxBytes + " bytes; send less");
  }
}
