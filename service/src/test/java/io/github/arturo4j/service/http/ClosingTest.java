// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A server that ends while clients come. */
class ClosingTest {
  private static final int CLIENTS = 4;
  private static final int PATIENCE_MILLIS = 5000;
  private static final byte[] REQUEST = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir
  Path folder;

  /** Its connection is refused, or closed: with an answer or without. */
  @RepeatedTest(20)
  void nobodyIsLeftWithAnOpenConnection() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        TestServer server = new TestServer(folder)) {
      int port = server.server.port();
      List<Future<List<Socket>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(threads.submit(() -> connected(port)));
      }
      Thread.sleep(20);
      server.server.close();
      for (Future<List<Socket>> client : clients) {
        for (Socket socket : client.get()) {
          try (socket) {
            assertThat(isClosed(socket)).as("connection %s is closed", socket).isTrue();
          }
        }
      }
    }
  }

  /** Asks on one connection after the other, which stay open, until no further one is taken. */
  private static List<Socket> connected(int port) throws InterruptedException {
    List<Socket> sockets = new ArrayList<>();
    while (true) {
      try {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(socket);
        socket.getOutputStream().write(REQUEST);
        Thread.sleep(1);
      } catch (SocketException e) {
        return sockets;
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Whether the server ends it. */
  private static boolean isClosed(Socket socket) throws IOException {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true; // reset
    }
  }
}
