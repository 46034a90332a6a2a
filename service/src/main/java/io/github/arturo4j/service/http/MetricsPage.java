// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.Role;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The meters, for Prometheus. They name devices and count jobs, so that from elsewhere they need a token; a server that only its own
 * machine reaches tells everybody there.
 *
 * @param registry what is told
 * @param access who may do what
 * @param open whether it needs no token
 */
record MetricsPage(PrometheusMeterRegistry registry, Access access, boolean open) {
  /** Adds the route. */
  void bind(RoutesConfig routes) {
    routes.get("/metrics", this::answer);
  }

  private void answer(Context context) {
    context.req().setAttribute(Api.ROUTE, "/metrics");
    if (!open) {
      access.check(context, Role.READER, true);
    }
    context.header("Cache-Control", "no-store").contentType("text/plain; version=0.0.4; charset=utf-8").result(registry.scrape());
  }
}
