// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.arturo4j.service.api.State;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a request is said in one line, with its place and value and what to do; and nothing is changed by it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestsTest {
  private static final String JSON = "application/json";
  private static final String LONG = "x".repeat(101);

  private Path folder;
  private TestServer server;
  private int changes;

  /**
   * A request that is refused.
   *
   * @param type of the content; null for none
   * @param body null for none
   * @param field null for none
   * @param words that the detail has
   */
  record Bad(String method, String path, String type, String body, int status, String field, String... words) {
    @Override
    public String toString() {
      String shown = body == null ? "" : " " + (body.length() > 60 ? body.substring(0, 60) + "…" : body);
      return method + " " + (path.length() > 60 ? path.substring(0, 60) + "…" : path) + shown;
    }
  }

  private static Bad job(String body, int status, String field, String... words) {
    return new Bad("POST", "/jobs", JSON, body, status, field, words);
  }

  private static Bad get(String path, int status, String field, String... words) {
    return new Bad("GET", path, null, null, status, field, words);
  }

  private static Bad post(String path, String body, int status, String field, String... words) {
    return new Bad("POST", path, JSON, body, status, field, words);
  }

  static List<Bad> requests() {
    List<Bad> all = new ArrayList<>();
    // no JSON
    all.add(job("", 400, null, "the request has no content", "send a JSON object"));
    all.add(job("{", 400, null, "not JSON at line 1, column 2"));
    all.add(job("{\n  \"name\": \"a\",\n  oops\n}", 400, null, "line 3, column"));
    all.add(job("{\"name\": 'a'}", 400, null, "line 1, column 10"));
    all.add(job("{\"name\": \"a\", \"name\": \"b\"}", 400, null, "Duplicate field 'name'"));
    all.add(job("{} {}", 400, null, "Trailing token"));
    all.add(job("{\"priority\": NaN}", 400, null, "NaN"));
    all.add(job("{\"priority\": 01}", 400, null, "line 1"));
    all.add(job("[".repeat(2000), 400, null, "nesting depth"));
    all.add(job("{\"name\": \"\u0001\"}", 400, null, "line 1, column"));
    // another type than an object
    all.add(job("[]", 422, null, "the content is a list, which is no JSON object"));
    all.add(job("7", 422, null, "the content is 7, which is no JSON object"));
    all.add(job("null", 422, null, "the content is null"));
    // fields that are not known
    all.add(job("{\"experimnt\": \"fmnist_cnn\"}", 422, "experimnt", "'experimnt' is no field of this", "did you mean 'experiment'?"));
    all.add(job("{\"Priority\": 7}", 422, "Priority", "did you mean 'priority'?"));
    all.add(job("{\"command\": \"rm -rf /\"}", 422, "command", "'command' is no field", "known are", "experiment"));
    all.add(job("{\"" + LONG + "\": 1}", 422, "x".repeat(60) + "…", "is no field"));
    all.add(job("{\"a\\u0000\\nb\": 1}", 422, "a??b", "'a??b' is no field"));
    // values of another type, or out of range
    all.add(job("{\"experiment\": 7}", 422, "experiment", "experiment is 7, which is no text"));
    all.add(job("{\"experiment\": null}", 422, "experiment", "experiment is null", "leave it out"));
    all.add(job("{\"experiment\": \"" + LONG + "\"}", 422, "experiment", "101 characters", "at most 100"));
    all.add(job("{\"kind\": \"trian\"}", 422, "kind", "kind is 'trian', which is not known", "did you mean 'train'?"));
    all.add(job("{\"kind\": \"shell\"}", 422, "kind", "give one of train, compare, tune"));
    all.add(job("{\"priority\": 101}", 422, "priority", "priority is 101, which is too large", "from 0 to 100"));
    all.add(job("{\"priority\": -1}", 422, "priority", "priority is -1, which is too small"));
    all.add(job("{\"priority\": 5.5}", 422, "priority", "priority is 5.5, which is no whole number"));
    all.add(job("{\"priority\": \"high\"}", 422, "priority", "priority is 'high', which is no number"));
    all.add(job("{\"priority\": 99999999999}", 422, "priority", "99999999999", "out of range"));
    all.add(job("{\"priority\": 1e999}", 422, "priority", "which is no whole number"));
    all.add(job("{\"devices\": 0}", 422, "devices", "devices is 0", "from 1 to 64"));
    all.add(job("{\"devices\": 65}", 422, "devices", "too large"));
    all.add(job("{\"devices\": true}", 422, "devices", "devices is true, which is no number"));
    all.add(job("{\"labels\": \"a\"}", 422, "labels", "labels is 'a', which is no list"));
    all.add(job("{\"labels\": [\"a\", 7]}", 422, "labels[1]", "labels[1] is 7, which is no text"));
    all.add(job("{\"labels\": [\"\"]}", 422, "labels[0]", "labels[0] is empty"));
    all.add(job("{\"labels\": [" + "\"a\",".repeat(20) + "\"a\"]}", 422, "labels", "labels has 21 entries", "at most 20"));
    all.add(job("{\"options\": [1]}", 422, "options", "options is a list"));
    all.add(job("{\"options\": {\"epochs\": {}}}", 422, "options.epochs", "options.epochs is an object", "string, number, boolean"));
    all.add(job("{\"options\": {\"epochs\": null}}", 422, "options.epochs", "options.epochs is null"));
    all.add(job("{\"options\": {\"x\": \"" + "y".repeat(1001) + "\"}}", 422, "options.x", "1001 characters"));
    all.add(job("{\"experiment\": \"nothing\"}", 422, "experiment", "there is no such experiment"));
    all.add(job("{\"experimentYaml\": \"" + "y".repeat(65_537) + "\"}", 422, "experimentYaml", "65537 characters"));
    // content that is too long or of another type
    all.add(job("{\"experimentYaml\": \"" + "y".repeat(1 << 18) + "\"}", 413, null, "longer than 262144 bytes"));
    all.add(new Bad("POST", "/jobs", "text/plain", "{}", 415, "Content-Type", "'text/plain'", "send application/json"));
    all.add(new Bad("POST", "/jobs", null, "{}", 415, "Content-Type", "no Content-Type"));
    all.add(new Bad("POST", "/jobs", "application/x-www-form-urlencoded", "a=b", 415, "Content-Type", "send application/json"));
    all.add(new Bad("PUT", "/datasets/mine/x", "text/csv", "0,1", 415, "Content-Type", "'text/csv'", "application/octet-stream"));
    // queries
    all.add(get("/jobs?stat=queued", 400, "stat", "'stat' is no parameter", "did you mean 'state'?"));
    all.add(get("/jobs?state=qeued", 400, "state", "'qeued'", "did you mean 'queued'?"));
    all.add(get("/jobs?state=queued,", 400, "state", "state has ''"));
    all.add(get("/jobs?limit=0", 400, "limit", "limit is 0", "from 1 to 1000"));
    all.add(get("/jobs?limit=1001", 400, "limit", "limit is 1001"));
    all.add(get("/jobs?limit=many", 400, "limit", "limit is 'many', which is no number"));
    all.add(get("/jobs?limit=", 400, "limit", "limit is ''"));
    all.add(get("/jobs?limit=1&limit=2", 400, "limit", "given 2 times"));
    all.add(get("/jobs?before=-3", 400, "before", "before is -3, which is too small"));
    all.add(get("/jobs?before=99999999999999999999", 400, "before", "before is '99999999999999999999'"));
    all.add(get("/jobs?before=9223372036854775808", 400, "before", "out of range"));
    all.add(get("/jobs?label=" + "x".repeat(61), 400, "label", "61 characters"));
    all.add(get("/jobs/1/metrics?points=1", 400, "points", "points is 1", "from 2 to 10000"));
    all.add(get("/jobs/1/logs?offset=end", 400, "offset", "offset is 'end'"));
    all.add(get("/jobs/1/logs?offset=9", 400, "offset", "offset is 9", "has 0 bytes"));
    all.add(get("/jobs/1/logs?follow=yes", 400, "follow", "follow is 'yes', which is neither true nor false"));
    all.add(get("/jobs/1/events?after=-1", 400, "after", "after is -1"));
    all.add(get("/jobs/1/events?after=7", 400, "after", "after is 7", "leave it out"));
    all.add(get("/devices?all=true", 400, "all", "'all' is no parameter", "leave it out"));
    all.add(post("/jobs/cancel", null, 400, "label", "label is missing"));
    all.add(post("/jobs/cancel?label=", null, 400, "label", "label is empty"));
    // paths
    all.add(get("/jobs/none", 400, "id", "id is 'none', which is no number"));
    all.add(get("/jobs/0", 400, "id", "id is 0, which is too small"));
    all.add(get("/jobs/1.5", 400, "id", "id is '1.5'"));
    all.add(get("/jobs/99", 404, null, "there is no job 99"));
    all.add(get("/jobs/99/artifacts/x", 404, null, "there is no job 99"));
    all.add(get("/jobs/1/artifacts/x", 404, "file", "job 1 has no file 'x'"));
    all.add(post("/devices/none/drain", null, 404, null, "there is no device none"));
    all.add(
        new Bad("PUT", "/datasets/.mine/x", null, "0", 400, "name", "name is '.mine', which is not allowed; give a name of 1 to 100"));
    all.add(new Bad("PUT", "/datasets/mine/-x", null, "0", 400, "file", "file is '-x'"));
    all.add(get("/nothing", 404, null, "there is nothing at '/api/v1/nothing'"));
    all.add(post("/nothing", "{}", 404, null, "there is nothing"));
    // methods
    all.add(new Bad("PUT", "/jobs/1", JSON, "{}", 405, null, "does not take PUT", "DELETE or GET or HEAD or PATCH"));
    all.add(new Bad("DELETE", "/jobs", null, null, 405, null, "use GET or HEAD or POST"));
    all.add(get("/jobs/1/cancel", 405, null, "use POST"));
    all.add(new Bad("OPTIONS", "/devices", null, null, 405, null, "use GET or HEAD"));
    // what does not fit to what is there
    all.add(post("/jobs/1/resume", "{}", 409, null, "job 1 has not ended"));
    all.add(post("/jobs/1/resume", "{\"epochs\": 0}", 422, "epochs", "epochs is 0"));
    all.add(post("/jobs/2/cancel", "{\"mode\": \"now\"}", 409, null, "job 2 has ended"));
    all.add(post("/jobs/2/cancel", "{\"mode\": \"kill\"}", 422, "mode", "give one of checkpoint, now"));
    all.add(new Bad("PATCH", "/jobs/1", JSON, "{\"name\": \"\"}", 422, "name", "name is empty"));
    all.add(new Bad("PATCH", "/jobs/1", JSON, "{\"state\": \"succeeded\"}", 422, "state", "'state' is no field"));
    all.add(new Bad("PATCH", "/jobs/1", JSON, null, 400, null, "no content"));
    all.add(new Bad("DELETE", "/jobs/1", null, null, 409, null, "job 1 has not ended"));
    all.add(post("/tokens", "{\"name\": \"x\"}", 422, "role", "role is missing"));
    all.add(post("/tokens", "{\"name\": \"x\", \"role\": \"root\"}", 422, "role", "role is 'root'", "admin, user, reader"));
    all.add(post("/tokens", "{\"name\": \"user\", \"role\": \"user\"}", 409, "name", "there is a token 'user'"));
    all.add(new Bad("DELETE", "/tokens/77", null, null, 404, null, "there is no token 77"));
    all.add(post("/session", "{}", 422, "token", "token is missing"));
    all.add(post("/session", "{\"token\": \"\"}", 422, "token", "token is empty"));
    return all;
  }

  @BeforeAll
  void start(@TempDir Path given) {
    folder = given;
    server = new TestServer(folder);
    server.send("user", "POST", "/api/v1/jobs", "{\"experiment\": \"fmnist_cnn\"}");
    server.send("user", "POST", "/api/v1/jobs", "{\"experiment\": \"fmnist_cnn\"}");
    server.jobs.state(2, State.SUCCEEDED);
    changes = server.jobs.changes;
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private void check(HttpResponse<String> answer, int status, String field, String... words) throws IOException {
    check(answer.body(), status, field, words);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  private void check(String body, int status, String field, String... words) throws IOException {
    JsonNode problem = Json.MAPPER.readTree(body);
    assertThat(problem.get("status").asInt()).as(body).isEqualTo(status);
    assertThat(problem.get("type").asText()).isEqualTo("about:blank");
    assertThat(problem.get("title").asText()).isNotBlank();
    assertThat(problem.get("field").textValue()).as(body).isEqualTo(field);
    String detail = problem.get("detail").asText();
    assertThat(detail).contains(words).doesNotContain("Exception", "\n", "\tat ", "io.github").hasSizeLessThan(400);
    assertThat(detail.split("; ")).as("cause; remedy").hasSize(2).doesNotContain("");
    assertThat(server.jobs.changes).isEqualTo(changes);
    assertThat(server.tokens.changes).isZero();
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void isRefused(Bad bad) throws IOException {
    HttpRequest.Builder request = server.request("admin", "/api/v1" + bad.path());
    if (bad.type() != null) {
      request.header("Content-Type", bad.type());
    }
    HttpRequest.BodyPublisher content = bad.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofString(bad.body());
    HttpRequest sent = request.method(bad.method(), content).build();
    boolean documented = bad.status() != 405 && !bad.path().equals("/nothing");
    check(documented ? server.send(sent) : server.sendUnchecked(sent), bad.status(), bad.field(), bad.words());
  }

  @Test
  void thereAreManyOfThem() {
    assertThat(requests()).hasSizeGreaterThan(60);
  }

  /** Whatever the schemas forbid, the library that knows nothing of the server forbids, too: both read the same document alike. */
  @ParameterizedTest
  @MethodSource("requests")
  void isRefusedByTheDocumentToo(Bad bad) {
    boolean ofSchema = bad.status() == 422 && bad.words().length > 0 && bad.body() != null && !bad.body().contains("nothing");
    if (ofSchema) {
      HttpRequest.Builder request = server.request("admin", "/api/v1" + bad.path()).header("Content-Type", bad.type());
      HttpRequest sent = request.method(bad.method(), BodyPublishers.ofString(bad.body())).build();
      assertThat(Contract.ofRequest(sent, bad.body())).isNotEmpty();
    }
  }

  @Test
  void headersAreReadStrictlyToo() throws IOException {
    check(server.send(server.request("admin", "/api/v1/jobs/1/events").header("Last-Event-ID", "x")), 400, "Last-Event-ID", "is 'x'");
    check(
        server.send(server.request("user", "/api/v1/jobs").header("Idempotency-Key", "k".repeat(201)).header("Content-Type", JSON)
            .POST(BodyPublishers.ofString("{\"experiment\": \"fmnist_cnn\"}"))), 400, "Idempotency-Key", "201 characters");
    HttpRequest.Builder basic = HttpRequest.newBuilder(server.uri("/api/v1/jobs")).header("Authorization", "Basic YTpi");
    check(server.send(basic), 401, null, "'Bearer TOKEN'");
    check(server.send(HttpRequest.newBuilder(server.uri("/api/v1/jobs"))), 401, null, "has no token");
    check(server.get("nobody", "/api/v1/jobs"), 401, null, "not in force");
    check(server.send("reader", "DELETE", "/api/v1/jobs/1", null), 403, null, "needs role user", "role reader");
  }

  @Test
  void whatIsNoHttpIsRefusedInTheSameWay() throws IOException {
    String[] requests = {
      "GET /api/v1/jobs/%zz HTTP/1.1\r\nHost: x\r\n\r\n", "GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /api/v1/../../x HTTP/1.1\r\nHost: x\r\n\r\n", "GET /api/v1/jobs/1%2F2 HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
      "\0\1\2\r\n\r\n", "GET /api/v1/jobs HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(20_000) + "\r\n\r\n",
      "GET /" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", "BREW /coffee HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    };
    for (String request : requests) {
      String answer = raw(request);
      assertThat(answer).as(request).matches("(?s)HTTP/1.1 4\\d\\d .*").containsIgnoringCase("content-type: application/problem+json");
      String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
      check(body, Integer.parseInt(answer.substring(9, 12)), null, "; ");
    }
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aFaultOfTheServerIsLoggedUnderTheNumberThatTheClientGets() throws IOException {
    server.jobs.fault = new IllegalStateException("the secret of the database");
    try {
      HttpResponse<String> answer = server.get("reader", "/api/v1/jobs/1");
      check(answer, 500, null, "a fault of its own");
      assertThat(answer.body()).containsPattern("the log has it as [0-9a-f]{16}").doesNotContain("secret of the database");
      assertThat(server.send(HttpRequest.newBuilder(server.uri("/readyz"))).statusCode()).isEqualTo(503);
      assertThat(server.send(HttpRequest.newBuilder(server.uri("/healthz"))).statusCode()).isEqualTo(200);
    } finally {
      server.jobs.fault = null;
    }
  }
}
