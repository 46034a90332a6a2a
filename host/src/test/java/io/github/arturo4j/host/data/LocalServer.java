// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A web server on the loopback. */
final class LocalServer implements AutoCloseable {
  /** What it serves, by name. */
  final Map<String, byte[]> served = new ConcurrentHashMap<>();

  /** The names it was asked for. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  /** What it sends half of, and then nothing. */
  final Set<String> stalling = ConcurrentHashMap.newKeySet();

  /** What it sends half of, and then hangs up. */
  final Set<String> broken = ConcurrentHashMap.newKeySet();

  /** What it sends a byte of every few milliseconds, without an end and without saying how long it is. */
  final Set<String> dripping = ConcurrentHashMap.newKeySet();

  /** What it sends again and again, without saying how long it is. */
  final Set<String> endless = ConcurrentHashMap.newKeySet();

  /** What it says is at another address. */
  final Map<String, String> moved = new ConcurrentHashMap<>();

  /** What it does not even answer. */
  final Set<String> silent = ConcurrentHashMap.newKeySet();

  /** The addresses it was asked for, as they came: whole ones by whom it is a proxy to. */
  final List<String> addresses = new CopyOnWriteArrayList<>();

  /** Name and password that it wants as a proxy, with a colon between them; null for none. */
  volatile String wanted;

  private final HttpServer server;
  private final CountDownLatch end = new CountDownLatch(1);

  LocalServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/data/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = exchange.getRequestURI().getPath().substring("/data/".length());
    asked.add(name);
    addresses.add(exchange.getRequestURI().toString());
    byte[] body = served.get(name);
    try (exchange) {
      if (wanted != null && !isAllowed(exchange)) {
        exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=\"here\"");
        exchange.sendResponseHeaders(407, -1);
      } else if (silent.contains(name)) {
        awaitEnd(Long.MAX_VALUE);
      } else if (moved.containsKey(name)) {
        exchange.getResponseHeaders().add("Location", moved.get(name));
        exchange.sendResponseHeaders(302, -1);
      } else if (body == null) {
        exchange.sendResponseHeaders(404, -1);
      } else if (dripping.contains(name)) {
        exchange.sendResponseHeaders(200, 0);
        do {
          exchange.getResponseBody().write(body, 0, 1);
          exchange.getResponseBody().flush();
        } while (!awaitEnd(5));
      } else if (endless.contains(name)) {
        exchange.sendResponseHeaders(200, 0);
        do {
          exchange.getResponseBody().write(body);
        } while (!awaitEnd(0));
      } else {
        exchange.sendResponseHeaders(200, body.length);
        boolean half = stalling.contains(name) || broken.contains(name);
        exchange.getResponseBody().write(body, 0, half ? body.length / 2 : body.length);
        exchange.getResponseBody().flush();
        if (stalling.contains(name)) {
          awaitEnd(Long.MAX_VALUE);
        }
      }
    }
  }

  private boolean isAllowed(HttpExchange exchange) {
    String given = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
    return ("Basic " + Base64.getEncoder().encodeToString(wanted.getBytes(StandardCharsets.UTF_8))).equals(given);
  }

  /** The folder of what it serves. */
  URI address() {
    InetSocketAddress at = server.getAddress();
    return URI.create("http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + "/data/");
  }

  private boolean awaitEnd(long milliseconds) {
    try {
      return end.await(milliseconds, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
  }
}
