// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.State;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** openapi.yaml says what the server does, all of it, and nothing else. */
class ContractTest {
  private static final String JOB = "{\"experiment\": \"fmnist_cnn\", \"labels\": [\"a\"], \"options\": {\"epochs\": 3}}";

  @TempDir
  Path folder;

  private TestServer server;
  private final Set<String> answered = new TreeSet<>();
  private final ApiDocument document = ApiDocument.load();

  @BeforeEach
  void start() {
    server = new TestServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Calls an operation; request and answer are checked against the document, whether it is a good request or a bad one. */
  private HttpResponse<String> call(int status, String operation, String role, String path, String body, String... headers) {
    Operation called = document.operations().get(operation);
    String whole = "/api/v1" + path;
    HttpRequest.Builder request = role == null ? HttpRequest.newBuilder(server.uri(whole)) : server.request(role, whole);
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body != null) {
      request.header("Content-Type", called.bodyType());
    }
    HttpRequest.BodyPublisher content = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest sent = request.method(called.method(), content).build();
    HttpResponse<String> answer = server.send(sent);
    assertThat(answer.statusCode()).as("%s %s: %s", operation, path, answer.body()).isEqualTo(status);
    if (status < 400) {
      assertThat(Contract.ofRequest(sent, body)).as("%s %s", operation, path).isEmpty();
    }
    answered.add(operation + " " + (status < 400 ? status : "default"));
    return answer;
  }

  private void good() throws Exception {
    call(201, "submitJob", "user", "/jobs", JOB, "Idempotency-Key", "k");
    call(200, "submitJob", "user", "/jobs", JOB, "Idempotency-Key", "k");
    call(201, "submitJob", "user", "/jobs", JOB);
    call(200, "listJobs", "reader", "/jobs?state=queued,running&label=a&limit=1", null);
    call(200, "getJob", "reader", "/jobs/1", null);
    call(200, "changeJob", "user", "/jobs/1", "{\"priority\": 7}");
    server.jobs.search(2);
    assertThat(call(200, "listTrials", "reader", "/jobs/2/trials", null).body()).contains("\"number\":1").contains("\"score\":0.5");
    assertThat(call(200, "getJob", "reader", "/jobs/2", null).body()).contains("\"begun\":1").contains("\"value\":0.5");
    server.jobs.state(1, State.RUNNING);
    Files.createDirectories(server.jobs.folder(1).run());
    Files.writeString(server.jobs.folder(1).run().resolve("model.safetensors"), "0123456789");
    Files.writeString(
        server.jobs.folder(1).events(),
        "{\"type\":\"started\",\"run\":\"r\",\"epoch\":0,\"step\":0,\"metrics\":[{\"name\":\"accuracy\"}],\"judgedBy\":\"test\"}\n"
            + "{\"type\":\"step\",\"run\":\"r\",\"epoch\":1,\"step\":1,\"loss\":2.5}\n");
    Files.writeString(server.jobs.folder(1).log(), "words\n");
    call(200, "cancelJob", "user", "/jobs/1/cancel", "{\"mode\": \"now\"}");
    call(200, "streamJob", "reader", "/jobs/1/events", null);
    call(200, "getMetrics", "reader", "/jobs/1/metrics?points=10", null);
    assertThat(call(200, "listCurves", "reader", "/curves?jobs=2,1&points=10", null).body())
        .startsWith("{\"curves\":[{\"job\":{\"id\":2,").containsSubsequence("{\"job\":{\"id\":1,", "\"loss\":2.5");
    call(200, "getLog", "reader", "/jobs/1/logs?offset=-3&follow=false", null);
    call(200, "listArtifacts", "reader", "/jobs/1/artifacts", null);
    String tag = call(200, "getArtifact", "reader", "/jobs/1/artifacts/model.safetensors", null).headers().firstValue("ETag").orElseThrow();
    call(206, "getArtifact", "reader", "/jobs/1/artifacts/model.safetensors", null, "Range", "bytes=0-3");
    call(304, "getArtifact", "reader", "/jobs/1/artifacts/model.safetensors", null, "If-None-Match", tag);
    call(200, "resumeJob", "user", "/jobs/1/resume", "{\"epochs\": 5}");
    call(200, "cancelJobs", "user", "/jobs/cancel?label=a", null);
    server.jobs.state(1, State.CANCELLED);
    call(204, "deleteJob", "user", "/jobs/1", null);
    call(200, "listDevices", "reader", "/devices", null);
    call(200, "drainDevice", "admin", "/devices/jvm/drain", null);
    call(200, "undrainDevice", "admin", "/devices/jvm/undrain", null);
    call(200, "listExperiments", "reader", "/experiments", null);
    call(201, "putDatasetFile", "user", "/datasets/mine/table.csv", "0,1\n");
    call(200, "listDatasets", "reader", "/datasets", null);
    call(201, "createToken", "admin", "/tokens", "{\"name\": \"new\", \"role\": \"reader\"}");
    call(200, "listTokens", "admin", "/tokens", null);
    call(204, "revokeToken", "admin", "/tokens/4", null);
    call(200, "getSession", "reader", "/session", null);
    call(200, "beginSession", null, "/session", "{\"token\": \"secret-user\"}");
    call(204, "endSession", null, "/session", null);
    call(200, "listAudit", "admin", "/audit?before=99&limit=5", null);
  }

  private void bad() {
    call(422, "submitJob", "user", "/jobs", "{\"experiment\": \"none\"}");
    call(400, "listJobs", "reader", "/jobs?limit=0", null);
    call(400, "cancelJobs", "user", "/jobs/cancel", null);
    call(404, "getJob", "reader", "/jobs/99", null);
    call(404, "listTrials", "reader", "/jobs/99/trials", null);
    call(404, "changeJob", "user", "/jobs/99", "{}");
    call(409, "deleteJob", "user", "/jobs/2", null);
    call(404, "cancelJob", "user", "/jobs/99/cancel", null);
    call(409, "resumeJob", "user", "/jobs/2/resume", null);
    call(404, "streamJob", "reader", "/jobs/99/events", null);
    call(404, "getMetrics", "reader", "/jobs/99/metrics", null);
    call(404, "listCurves", "reader", "/curves?jobs=2,99", null);
    call(400, "listCurves", "reader", "/curves?jobs=2,all", null);
    call(400, "listCurves", "reader", "/curves", null);
    assertThat(call(400, "listCurves", "reader", "/curves?jobs=" + "2,".repeat(20) + "2&points=10000", null).body())
        .contains("points is 10000 for 21 jobs, more than 100000 together; give at most 4761");
    call(404, "getLog", "reader", "/jobs/99/logs", null);
    call(404, "listArtifacts", "reader", "/jobs/99/artifacts", null);
    call(404, "getArtifact", "reader", "/jobs/2/artifacts/none", null);
    call(400, "streamJobs", "reader", "/events?after=1", null);
    call(401, "listDevices", null, "/devices", null);
    call(404, "drainDevice", "admin", "/devices/none/drain", null);
    call(403, "undrainDevice", "user", "/devices/jvm/undrain", null);
    call(401, "listExperiments", null, "/experiments", null);
    call(401, "listDatasets", null, "/datasets", null);
    call(403, "putDatasetFile", "reader", "/datasets/mine/x", "0");
    call(403, "listTokens", "user", "/tokens", null);
    call(409, "createToken", "admin", "/tokens", "{\"name\": \"user\", \"role\": \"user\"}");
    call(404, "revokeToken", "admin", "/tokens/99", null);
    call(401, "getSession", null, "/session", null);
    call(401, "beginSession", null, "/session", "{\"token\": \"wrong\"}");
    call(400, "endSession", null, "/session?all=true", null);
    call(403, "listAudit", "reader", "/audit", null);
  }

  @Test
  void everyOperationGivesEveryAnswerThatIsDocumentedAndNoOther() throws Exception {
    server.jobs.fault = null;
    good();
    bad();
    Set<String> documented = new TreeSet<>();
    document.tree().get("paths").forEach(
        path -> path.properties().stream().filter(each -> each.getValue().has("operationId")).forEach(
            each -> each.getValue().get("responses").fieldNames()
                .forEachRemaining(status -> documented.add(each.getValue().get("operationId").asText() + " " + status))));
    answered.add("streamJobs 200"); // which never ends: StreamsTest has it
    assertThat(answered).isEqualTo(documented);
  }

  @Test
  void theRolesInWordsAreThoseThatAreAskedFor() {
    Pattern word = Pattern.compile("\\(role (\\w+)\\)");
    List<String> wrong = new ArrayList<>();
    document.tree().get("paths").forEach(path -> path.forEach(node -> {
      if (node.has("operationId")) {
        Operation operation = document.operations().get(node.get("operationId").asText());
        Matcher matcher = word.matcher(node.get("summary").asText());
        Role said = matcher.find() ? Role.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)) : null;
        Role open = operation.role() == Role.READER ? null : operation.role();
        if (said != open) {
          wrong.add(operation.id() + " says " + said + " and asks for " + open);
        }
      }
    }));
    assertThat(wrong).isEmpty();
  }
}
