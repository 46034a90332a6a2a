// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.arturo4j.service.api.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The meters of the service. */
class MetricsTest {
  private static final List<Path> PROMTOOL = List.of(Path.of("/usr/bin/promtool"), Path.of("/usr/local/bin/promtool"));

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

  private String scrape() {
    return server.send(HttpRequest.newBuilder(server.uri("/metrics"))).body();
  }

  private double value(String meter) {
    return scrape().lines().filter(line -> line.startsWith(meter + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(meter.length() + 1))).findFirst().orElse(Double.NaN);
  }

  @Test
  void jobsDevicesAndRequestsAreCounted() {
    for (int i = 0; i < 3; i++) {
      server.send("user", "POST", "/api/v1/jobs", "{\"experiment\": \"fmnist_cnn\"}");
    }
    server.jobs.state(1, State.RUNNING);
    server.jobs.state(1, State.FAILED);
    server.jobs.state(1, State.RUNNING);
    server.get("reader", "/api/v1/jobs/1");
    server.get("reader", "/api/v1/jobs/2");
    server.get("reader", "/api/v1/jobs/9");
    server.get("reader", "/never/heard/of");
    String text = scrape();
    assertThat(text).contains(
        "arturo_jobs{state=\"queued\"} 2.0", "arturo_jobs{state=\"running\"} 1.0", "arturo_jobs{state=\"failed\"} 0.0",
        "arturo_attempts_total 2.0", "arturo_device_slots{device=\"jvm\"} 1.0", "arturo_device_busy_slots{device=\"jvm\"} 0.0",
        "arturo_http_requests_total{method=\"POST\",route=\"/api/v1/jobs\",status=\"201\"} 3.0",
        "arturo_http_requests_total{method=\"GET\",route=\"/api/v1/jobs/{id}\",status=\"200\"} 2.0",
        "arturo_http_requests_total{method=\"GET\",route=\"/api/v1/jobs/{id}\",status=\"404\"} 1.0",
        "arturo_http_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1.0");
    assertThat(value("arturo_http_sent_bytes_total")).isGreaterThan(1000);
    assertThat(value("arturo_queue_oldest_wait_seconds")).isBetween(0.0, 60.0);
    server.jobs.state(3, State.CANCELLED);
    server.send("user", "DELETE", "/api/v1/jobs/3", null);
    assertThat(scrape()).contains("arturo_jobs{state=\"cancelled\"} 0.0", "arturo_jobs{state=\"queued\"} 1.0");
    server.jobs.atOnce = true;
    server.send("user", "POST", "/api/v1/jobs", "{\"experiment\": \"fmnist_cnn\"}");
    assertThat(scrape()).contains("arturo_attempts_total 3.0");
  }

  @Test
  void fromElsewhereTheyNeedAToken() {
    HttpRequest.Builder forwarded = HttpRequest.newBuilder(server.uri("/metrics")).header("X-Forwarded-For", "192.0.2.1");
    assertThat(server.send(forwarded).statusCode()).isEqualTo(401);
    assertThat(server.send(forwarded.header("Authorization", "Bearer secret-reader")).statusCode()).isEqualTo(200);
    try (ApiServer open =
        ApiServer.start(new ServerSettings("0.0.0.0", 0, folder, Limits.STANDARD), server.jobs, server.tokens, server.tokens)) {
      URI uri = URI.create("http://127.0.0.1:" + open.port() + "/metrics");
      assertThat(server.send(HttpRequest.newBuilder(uri)).statusCode()).isEqualTo(401);
      assertThat(server.send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer secret-reader")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theWaitIsThatSinceAJobHasBegunToWait() {
    server.send("user", "POST", "/api/v1/jobs", "{\"experiment\": \"fmnist_cnn\"}");
    JobCensus census = JobCensus.of(server.jobs);
    assertThat(census.oldestWait(Instant.now().plusSeconds(100))).isBetween(100.0, 160.0);
    server.jobs.state(1, State.RUNNING);
    assertThat(census.oldestWait(Instant.now().plusSeconds(100))).isZero();
    server.jobs.state(1, State.QUEUED);
    assertThat(census.oldestWait(Instant.now().plusSeconds(50))).isBetween(50.0, 110.0);
  }

  @Test
  void prometheusOwnToolFindsNothingToComplainOf() throws IOException, InterruptedException {
    Path tool = PROMTOOL.stream().filter(Files::isExecutable).findFirst().orElse(null);
    assumeTrue(tool != null, "promtool is in Debian's package prometheus");
    server.get("reader", "/api/v1/jobs");
    Process process = new ProcessBuilder(tool.toString(), "check", "metrics").redirectErrorStream(true).start();
    process.getOutputStream().write(scrape().getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEmpty();
    assertThat(process.waitFor()).isZero();
  }
}
