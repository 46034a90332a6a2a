// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs, the files of run folders, and data sets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FilesTest {
  private static final String FILES = "/api/v1/jobs/1/artifacts/";

  @TempDir
  Path folder;

  private TestServer server;
  private Path run;
  private Path log;
  private Path data;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(folder, new Limits(1 << 18, 100_000, 0, 1000, 1000, 10, 100));
    server.send("user", "POST", "/api/v1/jobs", "{\"experiment\": \"fmnist_cnn\"}");
    server.send("user", "POST", "/api/v1/jobs", "{\"experiment\": \"fmnist_cnn\", \"kind\": \"compare\"}");
    run = server.jobs.folder(1).run();
    log = server.jobs.folder(1).log();
    data = folder.resolve("data");
    Files.createDirectories(run.resolve("checkpoints"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = server.request("reader", path);
    return server.send(headers.length == 0 ? request : request.headers(headers));
  }

  @Test
  void aLogIsReadFromAnywhere() throws Exception {
    assertThat(get("/api/v1/jobs/1/logs").body()).isEmpty();
    Files.writeString(log, "one\ntwo\nthree\n");
    assertThat(get("/api/v1/jobs/1/logs").body()).isEqualTo("one\ntwo\nthree\n");
    assertThat(get("/api/v1/jobs/1/logs?offset=4").body()).isEqualTo("two\nthree\n");
    HttpResponse<String> tail = get("/api/v1/jobs/1/logs?offset=-6");
    assertThat(tail.body()).isEqualTo("three\n");
    assertThat(tail.headers().firstValue("X-Offset")).contains("8");
    assertThat(get("/api/v1/jobs/1/logs?offset=-999").headers().firstValue("X-Offset")).contains("0");
    assertThat(get("/api/v1/jobs/1/logs?offset=14").body()).isEmpty();
    assertThat(get("/api/v1/jobs/1/logs?offset=15").statusCode()).isEqualTo(400);
  }

  @Test
  void aLogIsFollowedUntilItsJobHasEnded() throws Exception {
    server.jobs.state(1, State.RUNNING);
    HttpResponse<InputStream> answer =
        server.client.send(server.request("reader", "/api/v1/jobs/1/logs?follow=true").build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = answer.body()) {
      Files.writeString(log, "one\n");
      assertThat(in.readNBytes(4)).asString().isEqualTo("one\n");
      Files.writeString(log, "two\n", StandardOpenOption.APPEND);
      assertThat(in.readNBytes(4)).asString().isEqualTo("two\n");
      Files.writeString(log, "three", StandardOpenOption.APPEND);
      server.jobs.state(1, State.SUCCEEDED);
      assertThat(in.readAllBytes()).asString().isEqualTo("three");
    }
  }

  @Test
  void theFilesOfARunAreListedButForLocksAndLinks() throws Exception {
    Files.writeString(run.resolve("model.safetensors"), "weights");
    Files.writeString(run.resolve("checkpoints/last"), "x");
    Files.writeString(run.resolve(".lock"), "");
    Files.writeString(run.resolve("model.safetensors.0123456789abcdef.part"), "we");
    Files.createSymbolicLink(run.resolve("passwords"), folder.resolve("secret"));
    Files.createSymbolicLink(run.resolve("outside"), folder);
    String list = get("/api/v1/jobs/1/artifacts").body();
    assertThat(list).contains("\"name\":\"checkpoints/last\",\"bytes\":1", "\"name\":\"model.safetensors\",\"bytes\":7")
        .doesNotContain("lock", "part", "passwords", "outside");
    assertThat(get(FILES + "checkpoints/last").body()).isEqualTo("x");
    assertThat(get("/api/v1/jobs/2/artifacts").body()).isEqualTo("{\"artifacts\":[]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../events.jsonl", "checkpoints/../../events.jsonl", "..%2Fevents.jsonl", "%2e%2e/events.jsonl", "%2e%2e%2fevents.jsonl", "./a",
        "checkpoints//last", "checkpoints/", "/etc/passwd", "%2Fetc%2Fpasswd", "passwords", "outside/secret", ".lock", "checkpoints",
        "a%00b", "..%5Cevents.jsonl", "..;/events.jsonl", "%252e%252e/events.jsonl"
      })
  void nothingElseIsReadByAnyPath(String path) throws Exception {
    Files.writeString(server.jobs.folder(1).events(), "hidden words");
    Files.writeString(folder.resolve("secret"), "hidden words");
    Files.writeString(run.resolve(".lock"), "hidden words");
    Files.createSymbolicLink(run.resolve("passwords"), folder.resolve("secret"));
    Files.createSymbolicLink(run.resolve("outside"), folder);
    String answer = raw("GET " + FILES + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secret-reader\r\nConnection: close\r\n\r\n");
    assertThat(answer).matches("(?s)HTTP/1.1 40[04] .*").contains("application/problem+json").doesNotContain("hidden words", "root:");
  }

  /** What a client may send that goes by no rules. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aFileComesWithItsChecksumAndInRanges() throws Exception {
    byte[] content = new byte[200_000];
    new Random(1).nextBytes(content);
    Files.write(run.resolve("model.safetensors"), content);
    HttpResponse<byte[]> whole =
        server.client.send(server.request("reader", FILES + "model.safetensors").build(), HttpResponse.BodyHandlers.ofByteArray());
    String tag = "\"" + sha256(content) + "\"";
    assertThat(whole.body()).isEqualTo(content);
    assertThat(whole.headers().firstValue("ETag")).contains(tag);
    assertThat(whole.headers().firstValue("Content-Disposition").orElseThrow()).startsWith("attachment; filename=\"model.safetensors\"");
    assertThat(whole.headers().firstValue("Content-Security-Policy").orElseThrow()).startsWith("sandbox;");
    HttpResponse<byte[]> part = server.client.send(
        server.request("reader", FILES + "model.safetensors").headers("Range", "bytes=100000-", "If-Range", tag).build(),
        HttpResponse.BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range")).contains("bytes 100000-199999/200000");
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 100_000, 200_000));
    assertThat(get(FILES + "model.safetensors", "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
    assertThat(get(FILES + "model.safetensors", "Range", "bytes=-5").headers().firstValue("Content-Range"))
        .contains("bytes 199995-199999/200000");
    assertThat(get(FILES + "model.safetensors", "Range", "bytes=0-1,5-6").statusCode()).isEqualTo(200);
    HttpResponse<String> beyond = get(FILES + "model.safetensors", "Range", "bytes=200000-");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */200000");
    assertThat(get(FILES + "model.safetensors", "If-None-Match", tag).statusCode()).isEqualTo(304);
    HttpResponse<String> head = server.send(server.request("reader", FILES + "model.safetensors").method("HEAD", BodyPublishers.noBody()));
    assertThat(head.headers().firstValue("Content-Length")).contains("200000");
    Files.writeString(run.resolve("model.safetensors"), "other");
    assertThat(get(FILES + "model.safetensors", "If-None-Match", tag).body()).isEqualTo("other");
    Files.writeString(run.resolve("empty"), "");
    assertThat(get(FILES + "empty").statusCode()).isEqualTo(200);
  }

  @Test
  void theReportOfAComparisonIsShownWithoutScriptsAndAnyOtherPageIsNot() throws Exception {
    Path report = server.jobs.folder(2).run().resolve("report.html");
    Files.createDirectories(report.getParent());
    Files.writeString(report, "<p>");
    Files.writeString(run.resolve("report.html"), "<p>");
    HttpResponse<String> shown = get("/api/v1/jobs/2/artifacts/report.html");
    assertThat(shown.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(shown.headers().firstValue("Content-Disposition").orElseThrow()).startsWith("inline");
    assertThat(shown.headers().allValues("Content-Security-Policy")).singleElement().asString()
        .startsWith("sandbox; default-src 'none'").contains("style-src 'unsafe-inline'", "frame-ancestors 'self'").doesNotContain("script");
    HttpResponse<String> saved = get(FILES + "report.html");
    assertThat(saved.headers().firstValue("Content-Disposition").orElseThrow()).startsWith("attachment");
    assertThat(saved.headers().firstValue("Content-Type")).contains("application/octet-stream");
  }

  private HttpResponse<String> put(String path, HttpRequest.BodyPublisher body) {
    return server.send(server.request("user", "/api/v1/datasets/" + path).PUT(body));
  }

  @Test
  void aFileOfADataSetIsStoredWholeOrNotAtAll() throws Exception {
    byte[] content = "0,1,2\n".getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> stored = put("mine/table.csv", BodyPublishers.ofByteArray(content));
    assertThat(stored.statusCode()).isEqualTo(201);
    assertThat(stored.body()).isEqualTo("{\"dataset\":\"mine\",\"file\":\"table.csv\",\"bytes\":6,\"sha256\":\"" + sha256(content) + "\"}");
    assertThat(data.resolve("mine/table.csv")).hasBinaryContent(content);
    assertThat(server.tokens.page(null, 1).entries().getFirst()).satisfies(
        entry -> assertThat(entry.who() + " " + entry.action() + " " + entry.subject()).isEqualTo("user store data set mine/table.csv"));
    assertThat(put("mine/table.csv", BodyPublishers.ofString("new")).statusCode()).isEqualTo(201);
    assertThat(data.resolve("mine/table.csv")).hasContent("new");
    HttpResponse<String> tooLong = put("mine/table.csv", BodyPublishers.ofByteArray(new byte[100_001]));
    assertThat(tooLong.statusCode()).isEqualTo(413);
    HttpResponse<String> unannounced = put("other/x", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[100_001])));
    assertThat(unannounced.statusCode()).isEqualTo(413);
    assertThat(put("mine/empty", BodyPublishers.noBody()).statusCode()).isEqualTo(400);
    assertThat(data.resolve("mine/table.csv")).hasContent("new");
    assertThat(files(data)).containsExactly("mine", "mine/table.csv");
    assertThat(get("/api/v1/datasets").body())
        .isEqualTo("{\"datasets\":[{\"name\":\"mine\",\"files\":1,\"bytes\":3}],\"maxFileBytes\":100000}");
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(each -> !each.equals(root)).map(each -> root.relativize(each).toString()).sorted().toList();
    }
  }

  @Test
  void anUploadThatIsCutOffLeavesNothing() throws Exception {
    Files.createDirectories(data.resolve("mine"));
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.getOutputStream().write(
          ("PUT /api/v1/datasets/mine/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secret-user\r\nContent-Length: 1000\r\n\r\nabc")
              .getBytes(StandardCharsets.ISO_8859_1));
      while (files(data).size() < 2) { // the temporary file
        Thread.sleep(5);
      }
    }
    while (files(data).size() > 1) {
      Thread.sleep(5);
    }
    assertThat(files(data)).containsExactly("mine");
    Files.writeString(data.resolve("mine/.upload-of-one-that-was-killed"), "x");
    server.close();
    server = new TestServer(folder);
    assertThat(files(data)).containsExactly("mine");
  }

  @Test
  void noDataSetLeadsOutOfTheDataRoot() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("file"), "kept");
    Files.createDirectories(data.resolve("mine"));
    Files.createSymbolicLink(data.resolve("linked"), outside);
    Files.createSymbolicLink(data.resolve("mine/file"), outside.resolve("file"));
    assertThat(put("linked/file", BodyPublishers.ofString("new")).statusCode()).isEqualTo(409);
    assertThat(put("mine/file", BodyPublishers.ofString("new")).statusCode()).isEqualTo(409);
    for (String name : new String[] {"..%2Foutside/file", "../outside/file", ".hidden/x", "mine/.hidden", "mine/..", "a%20b/x"}) {
      assertThat(raw("PUT /api/v1/datasets/" + name + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer secret-user\r\nContent-Length: 3\r\n"
          + "Connection: close\r\n\r\nnew")).as(name).matches("(?s)HTTP/1.1 40[045] .*");
    }
    assertThat(outside.resolve("file")).hasContent("kept");
    assertThat(get("/api/v1/datasets").body())
        .isEqualTo("{\"datasets\":[{\"name\":\"mine\",\"files\":0,\"bytes\":0}],\"maxFileBytes\":100000}");
  }

  @Test
  void whereThereIsNoRoomNothingIsStored() {
    server.close();
    server = new TestServer(folder, new Limits(1 << 18, 100_000, Long.MAX_VALUE / 2, 1000, 1000, 10, 100));
    HttpResponse<String> answer = put("mine/x", BodyPublishers.ofString("new"));
    assertThat(answer.statusCode()).isEqualTo(507);
    assertThat(data.resolve("mine")).doesNotExist();
  }
}
