// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.service.queue.Jobs;
import io.github.arturo4j.service.store.AuditTrail;
import io.github.arturo4j.service.store.Tokens;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.util.JavalinBindException;
import io.javalin.util.JavalinLogger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The service over HTTP: the operations of openapi.yaml below {@code /api/v1}, the page, {@code /docs}, {@code /openapi.yaml},
 * {@code /healthz}, {@code /readyz} and {@code /metrics}. Each request has a virtual thread.
 */
public final class ApiServer implements AutoCloseable {
  private final Javalin javalin;

  private ApiServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts one, which answers when this returns.
   *
   * @throws OperationException if the address cannot be had; one line
   */
  public static ApiServer start(ServerSettings settings, Jobs jobs, Tokens tokens, AuditTrail audit) {
    JavalinLogger.enabled = false;
    Access access = new Access(tokens, settings.limits(), System::nanoTime);
    ApiDocument document = ApiDocument.load();
    Map<String, Call.Handler> handlers = new HashMap<>();
    handlers.putAll(new JobOperations(jobs).handlers());
    handlers.putAll(new DeviceOperations(jobs).handlers());
    handlers.putAll(new AccessOperations(tokens, access, audit).handlers());
    Javalin javalin =
        Javalin.create(
            config -> {
              configure(config, settings);
              config.routes.before(ApiServer::secure);
              Problems.bind(config.routes);
              new Api(document, access, settings.limits()).bind(config.routes, handlers);
              new Probes(jobs).bind(config.routes);
              new Fallback(List.copyOf(document.operations().values()), new StaticFiles()).bind(config.routes);
            });
    try {
      javalin.start();
    } catch (JavalinBindException e) {
      throw new OperationException(
          "port " + settings.port() + " of " + settings.address() + " is taken or not ours; give another one with --port", e);
    }
    return new ApiServer(javalin);
  }

  private static void configure(JavalinConfig config, ServerSettings settings) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.jetty.host = host(settings.address());
    config.jetty.port = settings.port();
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("http");
    threads.setMinThreads(2);
    threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(server -> server.setErrorHandler(new ServerErrors()));
    config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(new ServerErrors()));
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
  }

  private static String host(String address) {
    try {
      return InetAddress.getByName(address).getHostAddress();
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

  /** Ends it and what is open. */
  @Override
  public void close() {
    javalin.stop();
  }
}
