// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/**
 * The meters, for Prometheus. They name devices and count jobs, so that from elsewhere they need a token; a server that only its own
 * machine reaches tells everybody there, but nobody who comes by a proxy.
 *
 * @param registry what is told
 * @param access who may do what
 * @param open whether it needs no token
 */
record MetricsPage(PrometheusMeterRegistry registry, Access access, boolean open) {
  private static final List<String> FORWARDED = List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host");

  /** Adds the route. */
  void bind(RoutesConfig routes) {
    routes.get("/metrics", this::answer);
    routes.head("/metrics", this::answer);
  }

  private void answer(Context context) {
    context.req().setAttribute(Api.ROUTE, "/metrics");
    boolean forwarded = FORWARDED.stream().anyMatch(name -> context.header(name) != null);
    if (!open || forwarded) {
      access.check(context, Role.READER, true);
    }
    context.header("Cache-Control", "no-store").contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
  }
}
