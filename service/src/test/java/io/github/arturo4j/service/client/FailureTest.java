// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import static io.github.arturo4j.service.client.FakeService.json;
import static io.github.arturo4j.service.client.FakeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.arturo4j.service.client.ConnectionException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong when there is no answer that can be used, in one line. */
class FailureTest {
  private FakeService server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeService();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static ConnectionException failure(URI address, Duration silence, Duration patience) {
    ClientSettings settings = ClientSettings.of(address, null).withSilence(silence).withPatience(patience, patience);
    try (ServiceClient client = ServiceClient.connect(settings)) {
      ConnectionException failure = catchThrowableOfType(ConnectionException.class, () -> client.jobs(JobQuery.all()));
      assertThat(failure.getMessage()).doesNotContain("\n").contains(failure.failure() + "; " + failure.remedy());
      return failure;
    }
  }

  private static void fails(Kind kind, String words, URI address) {
    ConnectionException failure = failure(address, Duration.ofSeconds(20), Duration.ofMillis(50));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageStartingWith(words);
  }

  @Test
  void nothingListens() {
    URI address = server.address();
    server.close();
    fails(Kind.UNREACHABLE, "no server answers at " + address + " (connection refused); start one with 'arturo serve'", address);
  }

  @Test
  void nobodyKnowsTheHost() {
    ConnectionException failure = failure(URI.create("http://nosuchhost.invalid:7070"), Duration.ofSeconds(20), Duration.ofDays(1));
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE); // at once, however patient
    assertThat(failure).hasMessageStartingWith("no host is known as 'nosuchhost.invalid'; ");
  }

  @Test
  void itTakesTooLong() {
    server.on("GET /jobs", server.silent());
    assertThat(failure(server.address(), Duration.ofMillis(200), Duration.ofMillis(1)).kind()).isEqualTo(Kind.TIMEOUT);
    server.on("GET /jobs", server.stalled("application/json", "{\"jobs\": ["));
    assertThat(failure(server.address(), Duration.ofMillis(200), Duration.ofMillis(1)).kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void itBreaksOff() {
    server.on("GET /jobs", FakeService.reset());
    fails(Kind.BROKEN, "the connection to " + server.address() + " broke off (", server.address());
    server.on("GET /jobs", FakeService.cut("application/json", "{\"jobs\": ["));
    fails(Kind.BROKEN, "the connection to " + server.address() + " broke off (", server.address());
  }

  /** Says this to whoever comes, whatever that says. */
  private static ServerSocket saying(String words) throws IOException {
    ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(
        () -> {
          try (Socket connection = socket.accept()) {
            connection.getInputStream().read();
            connection.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
            connection.getInputStream().readAllBytes();
          } catch (IOException e) {
            // The client has gone.
          }
        });
    return socket;
  }

  @Test
  void itDoesNotSpeakTls() throws IOException {
    try (ServerSocket socket = saying("HTTP/1.1 400 Bad Request\r\n\r\n")) {
      URI address = URI.create("https://127.0.0.1:" + socket.getLocalPort());
      fails(Kind.TLS, "no encrypted connection to " + address + " can be made (", address);
    }
  }

  @Test
  void nobodyVouchesForIt(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("store");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process made =
        new ProcessBuilder(
                keytool, "-genkeypair", "-keyalg", "EC", "-alias", "a", "-dname", "CN=localhost", "-keystore", store.toString(),
                "-storepass", "password")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(made.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), "password".toCharArray());
    KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "password".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer encrypted = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    encrypted.setHttpsConfigurator(new HttpsConfigurator(context));
    encrypted.start();
    try {
      URI address = URI.create("https://localhost:" + encrypted.getAddress().getPort());
      fails(Kind.TLS, "no encrypted connection to " + address + " can be made (", address);
    } finally {
      encrypted.stop(0);
    }
  }

  @Test
  void itDoesNotSpeakHttp() throws IOException {
    try (ServerSocket socket = saying("220 mail.example ESMTP\r\n")) {
      URI address = URI.create("http://127.0.0.1:" + socket.getLocalPort());
      fails(Kind.NO_ARTURO, "what answers at " + address + " does not speak HTTP (", address);
    }
  }

  @Test
  void itIsAnotherServer() {
    String start = "what answers at " + server.address() + " ";
    server.on("GET /jobs", text(200, "text/html", "<html>"));
    fails(Kind.NO_ARTURO, start + "is no arturo server (status 200, text/html); give the address that", server.address());
    server.on("GET /jobs", text(404, "text/html", "<html>"));
    fails(Kind.NO_ARTURO, start + "is no arturo server (status 404, text/html); ", server.address());
    server.on("GET /jobs", text(200, "application/json", "jobs"));
    fails(Kind.NO_ARTURO, start + "says it sends JSON, but does not; ", server.address());
    server.on("GET /jobs", text(302, null, "", "Location", "https://login.example/"));
    fails(Kind.NO_ARTURO, start + "only sends on, to https://login.example/; ", server.address());
    server.on("GET /jobs", text(404, "application/problem+json", "{"));
    fails(Kind.NO_ARTURO, start + "is no arturo server (status 404, ", server.address());
    server.on("GET /jobs", text(502, "text/html", "bad gateway"));
    fails(Kind.UNREACHABLE, start + "finds no server behind it (status 502); ", server.address());
  }

  @Test
  void itIsOfAnotherVersion() {
    String words =
        "the server at " + server.address() + " answers otherwise than this version of arturo expects (no JobPage); use the same";
    for (Object answer : new Object[] {Map.of("pages", 3), Map.of("jobs", Map.of()), Map.of("jobs", List.of(Map.of("id", 1)))}) {
      server.on("GET /jobs", json(200, answer));
      fails(Kind.OTHER_VERSION, words, server.address());
    }
    server.on("GET /jobs", text(200, "application/json", "null"));
    fails(Kind.OTHER_VERSION, words, server.address());
  }
}
