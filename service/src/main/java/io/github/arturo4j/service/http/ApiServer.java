// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.service.queue.Jobs;
import io.github.arturo4j.service.store.AuditTrail;
import io.github.arturo4j.service.store.Tokens;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinLogger;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service over HTTP: the operations of openapi.yaml below {@code /api/v1}, the page, {@code /docs}, {@code /openapi.yaml},
 * {@code /healthz}, {@code /readyz} and {@code /metrics}. Each request has a virtual thread.
 */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  private final Javalin javalin;
  private final Streams streams;
  private final ServerConnector connector;
  private final Leftovers leftovers;

  private ApiServer(Javalin javalin, Streams streams) {
    this.javalin = javalin;
    this.streams = streams;
    connector = (ServerConnector) javalin.jettyServer().server().getConnectors()[0];
    leftovers = new Leftovers(connector);
  }

  /**
   * Starts one, which answers when this returns.
   *
   * @throws OperationException if the address cannot be had; one line
   */
  public static ApiServer start(ServerSettings settings, Jobs jobs, Tokens tokens, AuditTrail audit) {
    JavalinLogger.enabled = false;
    InetAddress address = address(settings.address());
    removeLeftovers(settings);
    Access access = new Access(tokens, settings.limits(), System::nanoTime);
    Streams streams = new Streams(jobs, settings.limits().streams());
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ServerMeters meters = new ServerMeters(jobs, JobCensus.of(jobs), streams);
    meters.bindTo(registry);
    ApiDocument document = ApiDocument.load();
    Map<String, Call.Handler> handlers = new HashMap<>();
    handlers.putAll(new JobOperations(jobs).handlers());
    handlers.putAll(new StreamOperations(jobs, streams).handlers());
    handlers.putAll(new LogOperation(jobs, streams).handlers());
    handlers.putAll(new ArtifactOperations(jobs, new FileAnswer(new Checksums())).handlers());
    handlers.putAll(new MetricsOperation(jobs).handlers());
    handlers.putAll(new DeviceOperations(jobs).handlers());
    handlers.putAll(new DatasetOperations(settings.dataRoot(), audit, settings.limits()).handlers());
    handlers.putAll(new AccessOperations(tokens, access, audit, streams).handlers());
    Javalin javalin =
        Javalin.create(
            config -> {
              configure(config, address.getHostAddress(), settings.port(), meters);
              config.routes.before(ApiServer::secure);
              Problems.bind(config.routes);
              new Api(document, access, settings.limits()).bind(config.routes, handlers);
              new Probes(jobs).bind(config.routes);
              new MetricsPage(registry, access, address.isLoopbackAddress()).bind(config.routes);
              new Fallback(List.copyOf(document.operations().values()), new StaticFiles()).bind(config.routes);
            });
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      streams.close();
      throw new OperationException(
          "port " + settings.port() + " of " + settings.address() + " is taken or not ours; give another one with --port", e);
    }
    return new ApiServer(javalin, streams);
  }

  private static void removeLeftovers(ServerSettings settings) {
    try {
      Upload.removeLeftovers(settings.dataRoot());
    } catch (IOException e) {
      LOG.warn("what uploads have left below '{}' stays there: {}", settings.dataRoot(), Reason.of(e));
    }
  }

  private static void configure(JavalinConfig config, String host, int port, ServerMeters meters) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.addConnector((server, http) -> connector(server, http, host, port));
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("http");
    threads.setMinThreads(2);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(
        server -> {
          server.setErrorHandler(new ServerErrors());
          server.setHandler(meters);
        });
    config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new ServerErrors()));
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
  }

  /**
   * One without threads that accept: Jetty ends them by an interrupt, and then Java's blocking {@code accept} may lose a connection
   * that it has taken, open and without an answer. A reader whose stream has just ended comes back at that moment.
   */
  private static ServerConnector connector(Server server, HttpConfiguration http, String host, int port) {
    ServerConnector connector = new ServerConnector(server, 0, -1, new HttpConnectionFactory(http));
    connector.setHost(host);
    connector.setPort(port);
    return connector;
  }

  private static InetAddress address(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new OperationException("no interface has the address '" + address + "'; give another one with --address", e);
    }
  }

  private static void secure(Context context) {
    context.header("Content-Security-Policy", StaticFiles.POLICY).header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY").header("Referrer-Policy", "no-referrer");
  }

  /** The port that it listens at. */
  public int port() {
    return javalin.port();
  }

  /** Ends it and its open streams, within a second. */
  @Override
  public void close() {
    connector.shutdown(); // first, so that readers whose streams end are refused until the next server is there
    streams.close();
    try {
      javalin.stop();
    } finally {
      leftovers.close();
    }
  }
}
