// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What the documentation of MLflow's REST API 2.0 says of the requests that we send, kept in memory. */
public final class MlflowServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "/api/2.0/mlflow/";

  /** Answers in place of the server; null lets it answer. */
  public interface Obstacle {
    /** The answer's status, and its text behind a blank. */
    String answer(String path) throws InterruptedException;
  }

  /** A run. */
  public static final class Run {
    public final Map<String, String> tags = new TreeMap<>();
    public final Map<String, String> params = new LinkedHashMap<>();
    public final List<JsonNode> metrics = new CopyOnWriteArrayList<>();
    public final List<String> states = new CopyOnWriteArrayList<>(List.of("RUNNING"));
    public String experiment;
    public String name;

    /** The values of a metric by their steps. */
    public TreeMap<Long, Double> curve(String key) {
      TreeMap<Long, Double> curve = new TreeMap<>();
      metrics.stream()
          .filter(metric -> metric.get("key").asText().equals(key))
          .forEach(metric -> curve.put(metric.get("step").asLong(), metric.get("value").asDouble()));
      return curve;
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  public final Map<String, String> experiments = new LinkedHashMap<>();
  public final Map<String, Run> runs = new LinkedHashMap<>();
  public final List<String> requests = new CopyOnWriteArrayList<>();
  public final List<String> authorizations = new CopyOnWriteArrayList<>();
  public final List<String> faults = new CopyOnWriteArrayList<>();
  public volatile Obstacle obstacle = path -> null;

  public MlflowServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public String address() {
    return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
  }

  /** Refused as the documentation says; the answer is an error. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String code;

    Refused(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replaceFirst("^.*" + BASE, "");
    byte[] body = exchange.getRequestBody().readAllBytes();
    requests.add(exchange.getRequestMethod() + " " + path);
    authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    try {
      String other = obstacle.answer(path);
      if (other != null) {
        send(exchange, Integer.parseInt(other.substring(0, 3)), other.substring(3).strip());
        return;
      }
      send(exchange, 200, answer(exchange, path, body));
    } catch (Refused e) {
      if (e.status == 400) {
        faults.add(path + ": " + e.getMessage());
      }
      send(
          exchange, e.status,
          JSON.createObjectNode().put("error_code", e.code).put("message", e.getMessage()).toString());
    } catch (InterruptedException e) {
      exchange.close();
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private synchronized String answer(HttpExchange exchange, String path, byte[] body) throws Refused, IOException {
    if (!exchange.getRequestURI().getPath().equals(BASE + path)) {
      throw invalid("no such address: " + exchange.getRequestURI());
    }
    if (path.equals("experiments/get-by-name")) {
      check(exchange.getRequestMethod().equals("GET"), "it is a GET");
      String query = exchange.getRequestURI().getRawQuery();
      check(query.startsWith("experiment_name="), "experiment_name is required");
      String id = experiments.get(URLDecoder.decode(query.substring(16), StandardCharsets.UTF_8));
      if (id == null) {
        throw new Refused(404, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment");
      }
      return "{\"experiment\": {\"experiment_id\": \"" + id + "\", \"lifecycle_stage\": \"active\"}}";
    }
    if (path.equals("runs/get")) {
      check(exchange.getRequestMethod().equals("GET"), "it is a GET");
      return getRun(exchange.getRequestURI().getRawQuery());
    }
    check(exchange.getRequestMethod().equals("POST"), "it is a POST");
    check("application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type")), "the body is JSON");
    check(body.length <= 1_000_000, "a request has up to 1 MB");
    JsonNode request = JSON.readTree(body);
    return switch (path) {
      case "experiments/create" -> createExperiment(request);
      case "runs/create" -> createRun(request);
      case "runs/log-batch" -> logBatch(request);
      case "runs/update" -> updateRun(request);
      default -> throw invalid("no such request");
    };
  }

  private String createExperiment(JsonNode request) throws Refused {
    fields(request, "name");
    String name = text(request, "name");
    if (experiments.containsKey(name)) {
      throw new Refused(400, "RESOURCE_ALREADY_EXISTS", "Experiment already exists");
    }
    experiments.put(name, "e" + (experiments.size() + 1));
    return "{\"experiment_id\": \"" + experiments.get(name) + "\"}";
  }

  private String createRun(JsonNode request) throws Refused {
    fields(request, "experiment_id", "run_name", "start_time", "tags");
    check(experiments.containsValue(text(request, "experiment_id")), "there is no such experiment");
    check(request.get("start_time").isIntegralNumber(), "start_time is INT64");
    check(request.get("start_time").asLong() > 1_500_000_000_000L, "start_time is in milliseconds");
    Run run = new Run();
    run.experiment = text(request, "experiment_id");
    run.name = text(request, "run_name");
    for (JsonNode tag : request.path("tags")) {
      fields(tag, "key", "value");
      run.tags.put(text(tag, "key"), text(tag, "value"));
    }
    runs.put("r" + (runs.size() + 1), run);
    return "{\"run\": {\"info\": {\"run_id\": \"r" + runs.size() + "\", \"status\": \"RUNNING\"}}}";
  }

  private String logBatch(JsonNode request) throws Refused {
    fields(request, "run_id", "metrics", "params");
    Run run = run(request);
    check(request.path("metrics").size() <= 1000, "up to 1000 metrics");
    check(request.path("params").size() <= 100, "up to 100 params");
    check(request.path("metrics").size() + request.path("params").size() <= 1000, "1000 in total");
    for (JsonNode metric : request.path("metrics")) {
      fields(metric, "key", "value", "timestamp", "step");
      key(metric);
      check(metric.get("value").isDouble(), "value is DOUBLE");
      check(metric.get("timestamp").asLong() > 1_500_000_000_000L, "timestamp is in milliseconds");
      check(metric.get("step").isIntegralNumber(), "step is INT64");
      run.metrics.add(metric);
    }
    for (JsonNode param : request.path("params")) {
      fields(param, "key", "value");
      key(param);
      check(text(param, "value").getBytes(StandardCharsets.UTF_8).length <= 6000, "a value has up to 6000 bytes");
      String before = run.params.putIfAbsent(text(param, "key"), text(param, "value"));
      check(before == null || before.equals(text(param, "value")), "a param cannot be changed");
    }
    return "{}";
  }

  private void key(JsonNode of) throws Refused {
    check(text(of, "key").matches("[A-Za-z0-9_. /-]{1,250}"), "a key has up to 250 letters, digits, _-. /, not " + of.get("key"));
  }

  private String updateRun(JsonNode request) throws Refused {
    fields(request, "run_id", "status", "end_time");
    Run run = run(request);
    check(Set.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED").contains(text(request, "status")), "no such status");
    check(!request.has("end_time") || request.get("end_time").asLong() > 1_500_000_000_000L, "end_time is in milliseconds");
    run.states.add(text(request, "status"));
    return "{\"run_info\": {}}";
  }

  /** Of each metric the value of the last step. */
  private String getRun(String query) throws Refused {
    check(query.startsWith("run_id="), "run_id is required");
    String id = URLDecoder.decode(query.substring(7), StandardCharsets.UTF_8);
    Map<String, JsonNode> last = new LinkedHashMap<>();
    for (JsonNode metric : run(JSON.createObjectNode().put("run_id", id)).metrics) {
      last.merge(
          metric.get("key").asText(), metric, (one, other) -> one.get("step").asLong() > other.get("step").asLong() ? one : other);
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.withObject("/run/info").put("run_id", id);
    answer.withArray("/run/data/metrics").addAll(last.values());
    return answer.toString();
  }

  private Run run(JsonNode request) throws Refused {
    Run run = runs.get(text(request, "run_id"));
    if (run == null) {
      throw new Refused(404, "RESOURCE_DOES_NOT_EXIST", "Run with id=" + text(request, "run_id") + " not found");
    }
    return run;
  }

  private static String text(JsonNode object, String name) throws Refused {
    check(object.path(name).isTextual(), name + " is a STRING, and required");
    return object.get(name).asText();
  }

  private static void fields(JsonNode object, String... known) throws Refused {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      check(Set.of(known).contains(field.getKey()), "there is no field " + field.getKey());
    }
  }

  private static void check(boolean holds, String rule) throws Refused {
    if (!holds) {
      throw invalid(rule);
    }
  }

  private static Refused invalid(String message) {
    return new Refused(400, "INVALID_PARAMETER_VALUE", message);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
