// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.Role;
import java.util.List;

/**
 * An operation of openapi.yaml.
 *
 * @param id its operationId
 * @param method of HTTP, in capitals
 * @param path with its parameters in braces, from the root
 * @param parameters of path, query and headers
 * @param body what its content may be; null if it has none
 * @param bodyRequired whether it may not be left out
 * @param bodyType its media type; null if it has none
 * @param role that is needed; null for none
 */
record Operation(
    String id, String method, String path, List<Parameter> parameters, Schema body, boolean bodyRequired, String bodyType, Role role) {
  /**
   * A value beside the content.
   *
   * @param name its name
   * @param in path, query or header
   * @param required whether it may not be left out
   * @param slashes whether it takes the rest of the path
   * @param schema what it may be
   */
  record Parameter(String name, String in, boolean required, boolean slashes, Schema schema) {}

  /** Whether it changes nothing. */
  boolean reads() {
    return method.equals("GET");
  }

  /** The path as the router writes it. */
  String route() {
    String route = path;
    for (Parameter each : parameters) {
      if (each.slashes()) {
        route = route.replace("{" + each.name() + "}", "<" + each.name() + ">");
      }
    }
    return route;
  }
}
