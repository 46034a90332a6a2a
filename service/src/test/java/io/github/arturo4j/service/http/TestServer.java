// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** A server over jobs and tokens in memory, and what asks it. */
final class TestServer implements AutoCloseable {
  final MemoryJobs jobs;
  final MemoryTokens tokens = new MemoryTokens();
  final ApiServer server;
  final HttpClient client = HttpClient.newHttpClient();

  TestServer(Path folder) {
    this(folder, Limits.STANDARD);
  }

  TestServer(Path folder, Limits limits) {
    jobs = new MemoryJobs(folder);
    server = ApiServer.start(new ServerSettings("127.0.0.1", 0, folder.resolve("data"), limits), jobs, tokens, tokens);
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** A request with the token of a role. */
  HttpRequest.Builder request(String role, String path) {
    return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer secret-" + role);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request.build());
  }

  /** The answer, which is one of those that openapi.yaml has. */
  HttpResponse<String> send(HttpRequest request) {
    HttpResponse<String> answer = sendUnchecked(request);
    Contract.checkAnswer(request, answer.statusCode(), answer.headers(), answer.body());
    return answer;
  }

  /** The answer to a request that openapi.yaml does not have. */
  HttpResponse<String> sendUnchecked(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String role, String path) {
    return send(request(role, path));
  }

  HttpResponse<String> send(String role, String method, String path, String json) {
    HttpRequest.Builder request = request(role, path);
    if (json == null) {
      return send(request.method(method, HttpRequest.BodyPublishers.noBody()));
    }
    return send(request.header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(json)));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
