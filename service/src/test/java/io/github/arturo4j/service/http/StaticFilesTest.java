// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page and of the interface's description. */
class StaticFilesTest {
  @TempDir
  Path folder;

  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.uri(path));
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html", "/index.html, text/html", "/docs, text/html", "/docs/docs.js, text/javascript", "/openapi.yaml, application/yaml",
    "/docs/swagger-ui.css, text/css", "/docs/swagger-ui-bundle.js, text/javascript", "/lib/uPlot.iife.min.js, text/javascript",
    "/lib/uPlot.min.css, text/css"
  })
  void isThereAndHasATag(String path, String type) {
    HttpResponse<String> first = server.send(request(path));
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
    assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
    String tag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = server.send(request(path).header("If-None-Match", tag));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(server.send(request(path).header("If-None-Match", "W/\"other\"")).statusCode()).isEqualTo(200);
    HttpResponse<String> head = server.send(request(path).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void whoeverTakesItCompressedGetsTheSame() throws IOException, InterruptedException {
    HttpResponse<byte[]> compressed = server.client.send(
        request("/docs/swagger-ui-bundle.js").header("Accept-Encoding", "gzip").build(), HttpResponse.BodyHandlers.ofByteArray());
    HttpResponse<byte[]> plain = server.client.send(request("/docs/swagger-ui-bundle.js").build(), HttpResponse.BodyHandlers.ofByteArray());
    assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(compressed.body().length).isLessThan(plain.body().length / 2);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes()).isEqualTo(plain.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing.js", "/css", "/js/", "/logback.xml", "/api/openapi.yaml", "/web/index.html", "/io/github/arturo4j",
        "/.hidden.js"})
  void nothingElseOfTheClassPathIs(String path) {
    HttpResponse<String> answer = server.send(request(path));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/healthz", "/readyz", "/metrics"})
  void aProbeIsRead(String path) {
    assertThat(server.send(request(path)).statusCode()).isEqualTo(200);
    assertThat(server.send(request(path).method("HEAD", BodyPublishers.noBody())).statusCode()).isEqualTo(200);
    HttpResponse<String> answer = server.send(request(path).DELETE());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void aPageIsNotWrittenTo() {
    HttpResponse<String> answer = server.send(request("/docs").POST(BodyPublishers.ofString("x")));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD");
  }
}
