// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.metrics;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Serves a registry for Prometheus at {@code /metrics}. */
public final class MetricsServer implements AutoCloseable {
  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpServer server;

  /**
   * Starts the server on all addresses.
   *
   * @param port the port; 0 for any that is free
   * @throws IllegalArgumentException if the port cannot be had
   */
  public MetricsServer(int port) {
    try {
      server = HttpServer.create(new InetSocketAddress(port), 0);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot listen on --metrics-port " + port + ": " + e.getMessage() + "; choose another port", e);
    }
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] body = registry.scrape().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
          exchange.sendResponseHeaders(200, body.length);
          try (exchange; var out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
  }

  /** The registry that is served. */
  public MeterRegistry registry() {
    return registry;
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
