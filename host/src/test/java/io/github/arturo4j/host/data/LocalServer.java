// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

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

  private final HttpServer server;
  private final CountDownLatch end = new CountDownLatch(1);

  LocalServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/data/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring("/data/".length());
          asked.add(name);
          byte[] body = served.get(name);
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          if (stalling.contains(name) || broken.contains(name)) {
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
          } else if (body != null) {
            exchange.getResponseBody().write(body);
          }
          if (stalling.contains(name)) {
            awaitEnd();
          }
          exchange.close();
        });
    server.start();
  }

  /** The folder of what it serves. */
  URI address() {
    InetSocketAddress at = server.getAddress();
    return URI.create("http://" + at.getAddress().getHostAddress() + ":" + at.getPort() + "/data/");
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
  }
}
