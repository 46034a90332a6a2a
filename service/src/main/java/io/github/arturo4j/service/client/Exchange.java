// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.service.client.ConnectionException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests and their answers: who asks, how often it is tried, and what refusals and failures are. Any thread may ask. */
final class Exchange implements AutoCloseable {
  /** Whether a request that may have reached the server may be sent again. */
  enum Repeat {
    /** It changes nothing that the first has not. */
    YES,
    /** Only while it is sure that the server has not taken it. */
    UNSENT
  }

  /** Reads an answer, which is no refusal. */
  @FunctionalInterface
  interface Reader<T> {
    T read(HttpResponse<InputStream> response) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MAX_TEXT = 64 << 20;
  private static final int NOT_MODIFIED = 304;
  private static final Set<Integer> NOT_NOW = Set.of(429, 503);
  private static final Set<Integer> GATEWAY = Set.of(502, 503, 504);

  private final ClientSettings settings;
  private final HttpClient client;
  private final ScheduledThreadPoolExecutor timer;
  private volatile boolean closed;

  Exchange(ClientSettings settings) {
    this.settings = settings;
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    timer = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("arturo-client-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
  }

  URI server() {
    return settings.server();
  }

  ClientSettings settings() {
    return settings;
  }

  /** Whether a status is that of a proxy that does not reach its server. */
  static boolean isGateway(int status) {
    return GATEWAY.contains(status);
  }

  /** A request for what is below the interface's root. */
  HttpRequest.Builder request(String path) {
    String root = settings.server().toString().replaceFirst("/+$", "");
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + "/api/v1" + path));
    if (settings.token() != null) {
      request.header("Authorization", "Bearer " + settings.token());
    }
    return request;
  }

  /** A part of a path, or a value of a query, as an address has it. */
  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A path of several parts, as an address has it. */
  static String encodedPath(String path) {
    return Stream.of(path.split("/", -1)).map(Exchange::encoded).collect(Collectors.joining("/"));
  }

  /** A request that sends a value; nothing if it is null. */
  static HttpRequest with(HttpRequest.Builder request, String method, Object body) {
    BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(Json.write(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return request.method(method, publisher).build();
  }

  /** What is there. */
  <T> T get(String path, Class<T> type) {
    return value(request(path).build(), Repeat.YES, type);
  }

  /** What comes of a value that is sent. */
  <T> T post(String path, Object body, Repeat repeat, Class<T> type) {
    return value(with(request(path), "POST", body), repeat, type);
  }

  /** Removes what is there. */
  void delete(String path) {
    nothing(request(path).DELETE().build(), Repeat.UNSENT);
  }

  /** The value that is answered. */
  <T> T value(HttpRequest request, Repeat repeat, Class<T> type) {
    return value(request, settings.silence(), repeat, type);
  }

  /** The value that is answered within a time, which begins with the sending. */
  <T> T value(HttpRequest request, Duration time, Repeat repeat, Class<T> type) {
    return send(
        request, time, repeat, settings.patience(),
        response -> new Answer(server(), response, text(response)).value(type));
  }

  /** The same where nothing is answered. */
  private void nothing(HttpRequest request, Repeat repeat) {
    send(
        request, settings.silence(), repeat, settings.patience(),
        response -> {
          if (response.statusCode() != 204) {
            throw Answer.noArturo(server(), response);
          }
          return text(response);
        });
  }

  /**
   * The answer of a type, to be read as it comes.
   *
   * @param type of what is read; null for any
   */
  HttpResponse<InputStream> stream(HttpRequest request, String type) {
    return send(
        request, settings.silence(), Repeat.YES, settings.streamPatience(),
        response -> {
          if (type != null && !Answer.isOf(response, type)) {
            response.body().close();
            throw Answer.noArturo(server(), response);
          }
          return response;
        });
  }

  /** Its body; reading it fails if nothing comes for a while. */
  InputStream watched(HttpResponse<InputStream> response) {
    return new Watched(response.body(), settings.silence(), timer);
  }

  private String text(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = watched(response)) {
      byte[] bytes = body.readNBytes(MAX_TEXT + 1);
      if (bytes.length > MAX_TEXT) {
        throw Answer.noArturo(server(), response);
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private <T> T send(HttpRequest request, Duration time, Repeat repeat, Duration patience, Reader<T> reader) {
    Backoff backoff = new Backoff(patience);
    boolean told = false;
    while (true) {
      checkOpen();
      ConnectionException failure;
      try {
        HttpResponse<InputStream> response = answer(request, time);
        int status = response.statusCode();
        if (status / 100 == 2 || status == NOT_MODIFIED) {
          return reader.read(response);
        }
        RuntimeException refusal = new Answer(server(), response, text(response)).refusal();
        if (!isWorthwhile(status, repeat) || !backoff.waits(retryAfter(response))) {
          throw refusal;
        }
        failure = null;
      } catch (IOException e) {
        checkOpen();
        failure = Failure.of(server(), e);
        if (!isWorthwhile(e, failure, repeat) || !backoff.waits(null)) {
          throw failure;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ConnectionException(Kind.INTERRUPTED, "the request was interrupted", e);
      }
      if (!told && patience.equals(settings.streamPatience())) {
        told = true;
        LOG.warn("{}; trying again", failure == null ? "the server at " + server() + " has no time" : failure.failure());
      }
    }
  }

  /** An answer whose head is here in time. A request's own timeout is not used: from JDK 26 on it would cut bodies off, too. */
  private HttpResponse<InputStream> answer(HttpRequest request, Duration time) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> answer = client.sendAsync(request, BodyHandlers.ofInputStream());
    try {
      return answer.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (TimeoutException e) {
      forgo(answer);
      throw new HttpTimeoutException("no answer in " + time.toMillis() + " ms");
    } catch (InterruptedException e) {
      forgo(answer);
      throw e;
    }
  }

  private static void forgo(CompletableFuture<HttpResponse<InputStream>> answer) {
    if (!answer.cancel(true)) { // it has come after all
      answer.thenAccept(
          late -> {
            try {
              late.body().close();
            } catch (IOException e) {
              // nobody reads it
            }
          });
    }
  }

  private static boolean isWorthwhile(int status, Repeat repeat) {
    return NOT_NOW.contains(status) || repeat == Repeat.YES && GATEWAY.contains(status);
  }

  private static boolean isWorthwhile(IOException e, ConnectionException failure, Repeat repeat) {
    return switch (failure.kind()) {
      case UNREACHABLE -> !Failure.isUnknownHost(e);
      case TIMEOUT, BROKEN -> repeat == Repeat.YES || Failure.isBefore(e);
      default -> false;
    };
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    return response.headers().firstValue("Retry-After").filter(v -> v.matches("[0-9]{1,6}"))
        .map(v -> Duration.ofSeconds(Long.parseLong(v))).orElse(null);
  }

  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
    timer.shutdownNow();
  }
}
