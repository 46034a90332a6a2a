// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.mlflow;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.arturo4j.host.io.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The requests of MLflow's REST API that a training needs. Each waits for its answer. */
final class MlflowApi implements AutoCloseable {
  /** MLflow's word for what is not there. */
  static final String MISSING = "RESOURCE_DOES_NOT_EXIST";

  private static final String EXISTS = "RESOURCE_ALREADY_EXISTS";
  private static final String RUN_ID = "run_id";
  private static final String EXPERIMENT_ID = "experiment_id";
  private static final int OK = 200;
  private static final int MAX_ANSWER = 1 << 20;
  private static final int MAX_MESSAGE = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MlflowSettings settings;
  private final Duration patience;
  private final HttpClient client;

  /**
   * Requests of that server.
   *
   * @param patience how long an answer is waited for
   */
  MlflowApi(MlflowSettings settings, Duration patience) {
    this.settings = settings;
    this.patience = patience;
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(patience).build();
  }

  /** The id of an experiment, which is made if there is none of that name. */
  String experiment(String name) throws IOException, InterruptedException {
    try {
      return experimentByName(name);
    } catch (MlflowException e) {
      if (!e.is(MISSING)) {
        throw e;
      }
    }
    try {
      return text(post("experiments/create", object().put("name", name)), EXPERIMENT_ID);
    } catch (MlflowException e) {
      if (!e.is(EXISTS)) {
        throw e;
      }
      return experimentByName(name); // another training was faster
    }
  }

  private String experimentByName(String name) throws IOException, InterruptedException {
    return text(send(request("experiments/get-by-name?experiment_name=" + encoded(name)).GET()).path("experiment"), EXPERIMENT_ID);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /**
   * Makes a run.
   *
   * @param start milliseconds since 1970
   * @return its id
   */
  String createRun(String experiment, String name, Map<String, String> tags, long start) throws IOException, InterruptedException {
    ObjectNode body = object().put(EXPERIMENT_ID, experiment).put("run_name", name).put("start_time", start);
    tags.forEach((key, value) -> body.withArray("/tags").addObject().put("key", key).put("value", value));
    return text(post("runs/create", body).path("run").path("info"), RUN_ID);
  }

  /** The last step that a run has a value of, for each of its metrics. */
  Map<String, Long> lastSteps(String run) throws IOException, InterruptedException {
    Map<String, Long> steps = new HashMap<>();
    JsonNode data = send(request("runs/get?run_id=" + encoded(run)).GET()).path("run").path("data");
    for (JsonNode metric : data.path("metrics")) {
      steps.put(text(metric, "key"), metric.path("step").asLong());
    }
    return steps;
  }

  /** Logs what is in the arrays {@code metrics} and {@code params} of a body. */
  void logBatch(String run, ObjectNode body) throws IOException, InterruptedException {
    post("runs/log-batch", body.put(RUN_ID, run));
  }

  /**
   * Changes how a run stands.
   *
   * @param status such as {@code RUNNING}
   * @param end milliseconds since 1970; null of one that has not ended
   */
  void updateRun(String run, String status, Long end) throws IOException, InterruptedException {
    ObjectNode body = object().put(RUN_ID, run).put("status", status);
    if (end != null) {
      body.put("end_time", end);
    }
    post("runs/update", body);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    return send(
        request(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.server() + "/api/2.0/mlflow/" + path)).timeout(patience);
    return settings.authorization() == null ? request : request.header("Authorization", settings.authorization());
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response;
    try {
      response = client.send(request.build(), HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MAX_ANSWER));
    } catch (HttpTimeoutException e) {
      throw new IOException("it does not answer in " + patience.toMillis() * 1e-3 + " s", e);
    } catch (ConnectException e) {
      throw new IOException("nobody answers there", e);
    }
    JsonNode answer = parsed(response.body());
    if (response.statusCode() != OK) {
      String code = answer == null ? "" : answer.path("error_code").asText();
      String said = answer == null ? "" : answer.path("message").asText();
      String words = Printable.of(said.length() > MAX_MESSAGE ? said.substring(0, MAX_MESSAGE) + "…" : said);
      throw new MlflowException(
          response.statusCode(), code, "it answers with status " + response.statusCode() + (words.isEmpty() ? "" : ", " + words));
    }
    if (answer == null) {
      throw notOfTheApi();
    }
    return answer;
  }

  /** An answer's object; null if it is none. */
  private static JsonNode parsed(String body) {
    try {
      JsonNode answer = JSON.readTree(body);
      return answer != null && answer.isObject() ? answer : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static String text(JsonNode object, String key) throws MlflowException {
    String text = object.path(key).asText();
    if (text.isEmpty()) {
      throw notOfTheApi();
    }
    return text;
  }

  private static MlflowException notOfTheApi() {
    return new MlflowException(OK, "", "its answer is none of MLflow's API");
  }

  /** Lets go of connections, also of those that wait for an answer. */
  @Override
  public void close() {
    client.shutdownNow();
  }
}
