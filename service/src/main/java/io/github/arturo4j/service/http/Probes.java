// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.queue.Jobs;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a supervisor asks: whether the server lives, and whether it can take jobs.
 *
 * @param jobs all of them
 */
record Probes(Jobs jobs) {
  private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

  /** Adds the routes. */
  void bind(RoutesConfig routes) {
    routes.get("/healthz", context -> answer(context, "alive"));
    routes.head("/healthz", context -> answer(context, "alive"));
    routes.get("/readyz", this::ready);
    routes.head("/readyz", this::ready);
  }

  private void ready(Context context) {
    try {
      jobs.list(Set.of(), null, null, 1);
    } catch (RuntimeException e) {
      LOG.warn("not ready", e);
      throw new RequestException(503, null, "the jobs cannot be read; see the server's log");
    }
    answer(context, "ready");
  }

  private static void answer(Context context, String word) {
    context.req().setAttribute(Api.ROUTE, context.path());
    context.header("Cache-Control", "no-store").contentType("text/plain; charset=utf-8").result(word + "\n");
  }
}
