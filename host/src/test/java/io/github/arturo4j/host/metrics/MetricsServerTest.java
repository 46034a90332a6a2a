// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as they should be, and as they should not. */
class MetricsServerTest {
  private static final String[] UNFINISHED = {
    "", "G", "GET /metr", "GET /metrics HTTP/1.1\r\nHost: x\r\n", "POST /metrics HTTP/1.1\r\nContent-Length: 9\r\n\r\n"
  };

  private static MetricsServer serverWithACounter(Duration time) {
    MetricsServer server = new MetricsServer(null, 0, time);
    Counter.builder("seen").register(server.registry());
    return server;
  }

  private static Socket send(MetricsServer server, String request) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.port());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static String answer(MetricsServer server, String request) throws IOException {
    try (Socket socket = send(server, request)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String request(String method, String target) {
    return method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /metrics, 200 OK",
    "GET, /metrics?a=b, 200 OK",
    "GET, http://localhost/metrics, 200 OK",
    "HEAD, /metrics, 200 OK",
    "POST, /metrics, 405 Method Not Allowed",
    "DELETE, /metrics, 405 Method Not Allowed",
    "get, /metrics, 405 Method Not Allowed",
    "GET, /, 404 Not Found",
    "GET, /metricsfoo, 404 Not Found",
    "GET, /metrics/, 404 Not Found",
    "GET, //metrics, 404 Not Found",
    "POST, /other, 404 Not Found",
    "GET, *, 404 Not Found",
    "GET, %zz, 400 Bad Request",
    "GET, /met rics, 400 Bad Request",
  })
  void onlyOnePathAndTwoMethodsAreServed(String method, String target, String status) throws IOException {
    try (MetricsServer server = serverWithACounter(Duration.ofHours(1))) {
      String answer = answer(server, request(method, target));
      assertThat(answer).startsWith("HTTP/1.1 " + status + "\r\n").contains("\r\nConnection: close\r\n");
      assertThat(answer.contains("\r\nAllow: GET, HEAD\r\n")).isEqualTo(status.startsWith("405"));
      assertThat(answer.contains("seen_total 0.0")).isEqualTo(method.equals("GET") && status.startsWith("200"));
    }
  }

  @Test
  void headHasTheHeadersOfGetAndNoMore() throws IOException {
    try (MetricsServer server = serverWithACounter(Duration.ofHours(1))) {
      String date = "Date: [^\r]*";
      String get = answer(server, request("GET", "/metrics")).replaceFirst(date, "");
      String head = answer(server, request("HEAD", "/metrics")).replaceFirst(date, "");
      assertThat(get).startsWith(head);
      assertThat(head).endsWith("\r\n\r\n").contains("Content-Length: " + (get.length() - head.length()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage\r\n\r\n", "GET /metrics\r\n\r\n", "GET /metrics FTP/1.1\r\n\r\n", "\u0016\u0003\n\n"})
  void whatIsNoHttpIsRefused(String request) throws IOException {
    try (MetricsServer server = serverWithACounter(Duration.ofHours(1))) {
      assertThat(answer(server, request)).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void linesMayEndWithoutACarriageReturnAndAnEmptyOneMayComeFirst() throws IOException {
    try (MetricsServer server = serverWithACounter(Duration.ofHours(1))) {
      assertThat(answer(server, "\nGET /metrics HTTP/1.0\n\n")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aRequestWithoutEndIsCutOff() throws IOException {
    try (MetricsServer server = serverWithACounter(Duration.ofHours(1))) {
      assertThat(answer(server, request("GET", "/metrics?" + "a".repeat(16_000)))).startsWith("HTTP/1.1 200 ");
      assertThat(answer(server, "GET /metrics HTTP/1.1\r\n" + "X: y\r\n".repeat(3_000))).startsWith("HTTP/1.1 431 ");
    }
  }

  @Test
  void peersThatNeverFinishKeepNobodyWaiting() throws IOException {
    List<Socket> held = new ArrayList<>();
    try (MetricsServer server = serverWithACounter(Duration.ofHours(1))) {
      for (int i = 0; i < 3 * MetricsServer.CONNECTIONS; i++) {
        held.add(send(server, UNFINISHED[i % UNFINISHED.length]));
      }
      assertThat(answer(server, request("GET", "/metrics"))).startsWith("HTTP/1.1 200 ");
      assertThat(isClosed(held.getFirst())).as("the oldest gave way").isTrue();
    } finally {
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET /metr", "POST /metrics HTTP/1.1\r\nContent-Length: 9\r\n\r\n"})
  void aConnectionHasItsTimeAndNoMore(String unfinished) throws IOException {
    try (MetricsServer server = serverWithACounter(Duration.ofMillis(50));
        Socket peer = send(server, unfinished)) {
      assertThat(isClosed(peer)).isTrue();
    }
  }

  /** Reads to the end, which comes when the other side closes. */
  private static boolean isClosed(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return true;
  }

  @Test
  void listensWhereItIsTold() throws IOException {
    try (MetricsServer server = new MetricsServer(null, 0)) {
      assertThat(server.description()).isEqualTo("http://127.0.0.1:" + server.port() + "/metrics");
      assertThatThrownBy(() -> new Socket("127.0.0.2", server.port())).isInstanceOf(ConnectException.class);
    }
    try (MetricsServer server = new MetricsServer("127.0.0.2", 0)) {
      assertThat(server.description()).isEqualTo("http://127.0.0.2:" + server.port() + "/metrics");
      assertThatThrownBy(() -> new Socket("127.0.0.1", server.port())).isInstanceOf(ConnectException.class);
    }
    try (MetricsServer server = new MetricsServer("0.0.0.0", 0)) {
      assertThat(server.description())
          .isEqualTo("http://0.0.0.0:" + server.port() + "/metrics, on every address of this machine");
      new Socket("127.0.0.1", server.port()).close();
      new Socket("127.0.0.2", server.port()).close();
    }
  }

  @Test
  void anAddressThatCannotBeHadIsRefused() throws IOException {
    List<String> others = List.of("192.0.2.1", "0.0.0.1", "224.0.0.1", "255.255.255.255", "ff02::1");
    for (String other : others) {
      assertThatThrownBy(() -> new MetricsServer(other, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "--metrics-address is '" + other + "', which is no address of this machine; leave it out for this machine"
                  + " alone, or give 0.0.0.0 for every address it has");
    }
    assertThatThrownBy(() -> new MetricsServer("fe80::1", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "--metrics-address is 'fe80::1', an address of one network; say of which, as in 'fe80::1%eth0' ('ip link' lists");
    assertThatThrownBy(() -> new MetricsServer("1:2:3", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--metrics-address is '1:2:3', which is no address and no name known here; leave it");
    try (MetricsServer server = new MetricsServer(null, 0)) {
      assertThatThrownBy(() -> new MetricsServer(null, server.port()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "cannot listen on --metrics-port " + server.port()
                  + ": another program listens there; choose another port above 1023, or 0 for any that is free");
    }
  }
}
