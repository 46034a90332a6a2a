// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Answers whatever no operation answers: with a file of the page, or by saying which methods there are, or that there is nothing.
 *
 * @param operations the operations
 * @param files the page's
 */
record Fallback(List<Operation> operations, StaticFiles files) {
  /** What only reads and is no operation. */
  private static final Set<String> PAGES = Set.of("/healthz", "/readyz", "/metrics");

  private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY");

  /** Adds the routes, behind all others. */
  void bind(RoutesConfig routes) {
    for (String method : METHODS) {
      routes.addHttpHandler(HandlerType.findOrCreate(method), "/", this::answer);
      routes.addHttpHandler(HandlerType.findOrCreate(method), "/<path>", this::answer);
    }
  }

  private void answer(Context context) throws IOException {
    String path = context.path();
    String method = context.req().getMethod();
    Set<String> allowed = new TreeSet<>();
    for (Operation each : operations) {
      if (Pattern.matches(each.path().replaceAll("\\{[a-z]+\\}", "[^/]+"), path)) {
        allowed.add(each.method());
      }
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    if (PAGES.contains(path)) {
      allowed.addAll(List.of("GET", "HEAD"));
    }
    boolean reads = method.equals("GET") || method.equals("HEAD");
    if (allowed.isEmpty() && files.has(path)) {
      if (reads) {
        files.answer(context);
        return;
      }
      allowed.addAll(List.of("GET", "HEAD"));
    }
    String shown = "'" + Schema.shown(path) + "'";
    if (allowed.isEmpty()) {
      throw new RequestException(404, null, "there is nothing at " + shown + "; the page is at /, and /docs describes the interface");
    }
    throw new RequestException(
        405, null, shown + " does not take " + Schema.shown(method) + "; use " + String.join(" or ", allowed),
        Map.of("Allow", String.join(", ", allowed)));
  }
}
