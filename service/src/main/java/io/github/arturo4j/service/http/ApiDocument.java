// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.arturo4j.service.api.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * openapi.yaml, from which the server has its operations, whom they are open to ({@code x-role}; without it, whoever reads, or
 * nobody's token where {@code security} is empty), and what their parameters and contents may be.
 */
final class ApiDocument {
  /** Where it is on the class path. */
  static final String RESOURCE = "/api/openapi.yaml";

  private final JsonNode document;
  private final Map<String, JsonNode> named = new HashMap<>();
  private final Map<String, Operation> operations = new LinkedHashMap<>();

  private ApiDocument(JsonNode document) {
    this.document = document;
    for (String kind : List.of("schemas", "parameters")) {
      document.path("components").path(kind).properties()
          .forEach(each -> named.put("#/components/" + kind + "/" + each.getKey(), each.getValue()));
    }
    String root = document.path("servers").path(0).path("url").asText();
    document.path("paths").properties().forEach(
        path -> path.getValue().properties().forEach(
            each -> {
              if (each.getValue().has("operationId")) {
                Operation operation = operation(root + path.getKey(), path.getValue().path("parameters"), each.getKey(), each.getValue());
                operations.put(operation.id(), operation);
              }
            }));
  }

  /** The one on the class path. */
  static ApiDocument load() {
    try (InputStream in = Objects.requireNonNull(ApiDocument.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new ApiDocument(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By operationId, in the document's order. */
  Map<String, Operation> operations() {
    return operations;
  }

  private Operation operation(String path, JsonNode shared, String method, JsonNode node) {
    List<Operation.Parameter> parameters = new ArrayList<>();
    shared.forEach(each -> parameters.add(parameter(each)));
    node.path("parameters").forEach(each -> parameters.add(parameter(each)));
    JsonNode body = node.path("requestBody");
    String type = body.isMissingNode() ? null : body.path("content").fieldNames().next();
    Schema schema = type == null ? null : new Schema(422, body.path("content").path(type).path("schema"), named);
    return new Operation(
        node.get("operationId").asText(), method.toUpperCase(Locale.ROOT), path, List.copyOf(parameters), schema,
        body.path("required").asBoolean(false), type, role(method, node));
  }

  private static Role role(String method, JsonNode node) {
    if (node.has("x-role")) {
      return Role.valueOf(node.get("x-role").asText().toUpperCase(Locale.ROOT));
    }
    if (node.path("security").isArray() && node.path("security").isEmpty()) {
      return null;
    }
    if (!method.equals("get")) {
      throw new IllegalStateException("openapi.yaml: " + node.get("operationId").asText() + " changes something and has no x-role");
    }
    return Role.READER;
  }

  private Operation.Parameter parameter(JsonNode reference) {
    JsonNode node = reference.has("$ref") ? named.get(reference.get("$ref").asText()) : reference;
    return new Operation.Parameter(
        node.get("name").asText(), node.get("in").asText(), node.path("required").asBoolean(false),
        node.path("x-slashes").asBoolean(false), new Schema(400, node.get("schema"), named));
  }

  /** The document itself. */
  JsonNode tree() {
    return document;
  }
}
