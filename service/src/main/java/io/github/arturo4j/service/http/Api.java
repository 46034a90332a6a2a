// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.arturo4j.service.api.Token;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.Map;

/**
 * Puts each operation of openapi.yaml to its route: access first, then parameters, then the content, and only then what does it.
 *
 * @param document the operations
 * @param access who may do what
 * @param limits of contents
 */
record Api(ApiDocument document, Access access, Limits limits) {
  /** The attribute of a request that has the path of its operation, for the meters. */
  static final String ROUTE = "arturo.route";

  /**
   * Adds the routes.
   *
   * @param handlers by operationId, one for each operation and no more
   */
  void bind(RoutesConfig routes, Map<String, Call.Handler> handlers) {
    if (!handlers.keySet().equals(document.operations().keySet())) {
      throw new IllegalStateException("openapi.yaml has " + document.operations().keySet() + ", the server " + handlers.keySet());
    }
    for (Operation operation : document.operations().values()) {
      CallReader reader = new CallReader(operation, limits.bodyBytes());
      Call.Handler handler = handlers.get(operation.id());
      routes.addHttpHandler(HandlerType.findOrCreate(operation.method()), operation.route(), context -> handle(context, reader, handler));
      if (operation.reads()) {
        routes.head(operation.route(), context -> handle(context, reader, handler));
      }
    }
  }

  private void handle(Context context, CallReader reader, Call.Handler handler) throws IOException {
    Operation operation = reader.operation();
    context.req().setAttribute(ROUTE, operation.path());
    Token token = operation.role() == null ? null : access.check(context, operation.role(), operation.reads());
    Map<String, JsonNode> parameters = reader.parameters(context);
    handler.handle(new Call(context, token, parameters, reader.body(context)));
  }
}
