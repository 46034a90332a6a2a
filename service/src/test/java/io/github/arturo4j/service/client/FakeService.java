// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.Problem;
import io.github.arturo4j.service.api.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers what a test says, keeps what it was asked, and breaks off where it is told to. */
public final class FakeService implements AutoCloseable {
  /** The secret that it knows. */
  public static final String SECRET = "secret-of-a-test";

  /** When all happens. */
  public static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  /**
   * A request.
   *
   * @param what its method, path and query
   * @param headers by name in small letters, of each the first value
   */
  public record Request(String what, Map<String, String> headers, String body) {}

  /** Answers a request; whatever it throws breaks the connection off. */
  @FunctionalInterface
  public interface Handler {
    /** Answers. */
    void answer(HttpExchange exchange, Request request) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Deque<Handler>> handlers = new HashMap<>();
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Starts it at any port. */
  public FakeService() throws IOException {
    this(0);
  }

  /** Starts it there. */
  public FakeService(int port) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
    String what = exchange.getRequestMethod() + " " + exchange.getRequestURI().toString().replaceFirst("^/api/v1", "");
    Request request =
        new Request(what, headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request);
    handler(what).answer(exchange, request);
    exchange.close();
  }

  /** That of the whole, else that without a query; the last one that was said stays. */
  private synchronized Handler handler(String what) {
    Deque<Handler> left = handlers.get(what);
    if (left == null) {
      left = handlers.get(what.replaceFirst("\\?.*", ""));
    }
    if (left == null) {
      return problem(404, null, "there is nothing at '" + what + "'; look at /openapi.yaml");
    }
    return left.size() > 1 ? left.poll() : left.peek();
  }

  /** Answers these requests one after the other so. */
  public synchronized FakeService on(String what, Handler... answers) {
    handlers.put(what, new ArrayDeque<>(List.of(answers)));
    return this;
  }

  /** What was asked, in this order. */
  public List<Request> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** The same without headers and bodies. */
  public List<String> asked() {
    return requests().stream().map(Request::what).toList();
  }

  /** Its address. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** Its port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** A value. */
  public static Handler json(int status, Object value) {
    return text(status, "application/json", Json.write(value));
  }

  /** A refusal. */
  public static Handler problem(int status, String field, String detail) {
    return text(status, "application/problem+json", Json.write(new Problem("about:blank", "No", status, detail, field)));
  }

  /** A text; name and value of further headers. */
  public static Handler text(int status, String type, String text, String... headers) {
    return bytes(status, type, text.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Bytes; name and value of further headers. */
  public static Handler bytes(int status, String type, byte[] body, String... headers) {
    return (exchange, _) -> {
      begin(exchange, type, headers);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    };
  }

  /** A text that is sent in pieces, and then comes to its end. */
  public static Handler stream(String type, String text, String... headers) {
    return (exchange, _) -> {
      begin(exchange, type, headers);
      exchange.sendResponseHeaders(200, 0);
      write(exchange, text);
    };
  }

  /** The same, which then breaks off. */
  public static Handler cut(String type, String text, String... headers) {
    return (exchange, request) -> {
      stream(type, text, headers).answer(exchange, request);
      throw new IOException("as the test wants it");
    };
  }

  /** The same, which then says nothing until the server is closed. */
  public Handler stalled(String type, String text, String... headers) {
    return (exchange, request) -> {
      stream(type, text, headers).answer(exchange, request);
      await();
    };
  }

  /** Breaks off before an answer. */
  public static Handler reset() {
    return (_, _) -> {
      throw new IOException("as the test wants it");
    };
  }

  /** Says nothing. */
  public Handler silent() {
    return (_, _) -> await();
  }

  private void await() throws IOException {
    try {
      closing.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void begin(HttpExchange exchange, String type, String... headers) {
    if (type != null) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
    }
  }

  private static void write(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += 7) {
      exchange.getResponseBody().write(bytes, from, Math.min(7, bytes.length - from));
      exchange.getResponseBody().flush();
    }
  }

  /** A job. */
  public static Job job(long id, State state) {
    return new Job(
        id, JobKind.TRAIN, "fmnist_cnn", "fmnist_cnn", Map.of(), null, List.of(), 50, 1, null, state, false, null,
        state == State.FAILED ? "it was made to fail" : null, state == State.CANCELLED ? "admin" : null, TIME, "admin",
        state == State.QUEUED ? null : TIME.plusSeconds(1), state.hasEnded() ? TIME.plusSeconds(62) : null, null, null, List.of(), null,
        null);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
