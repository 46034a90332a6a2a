// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import static io.github.arturo4j.service.client.FakeService.job;
import static io.github.arturo4j.service.client.FakeService.json;
import static io.github.arturo4j.service.client.FakeService.problem;
import static io.github.arturo4j.service.client.FakeService.reset;
import static io.github.arturo4j.service.client.FakeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.arturo4j.service.api.ArtifactList;
import io.github.arturo4j.service.api.AuditPage;
import io.github.arturo4j.service.api.CancelMode;
import io.github.arturo4j.service.api.Catalog;
import io.github.arturo4j.service.api.DatasetFile;
import io.github.arturo4j.service.api.DatasetList;
import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.DeviceList;
import io.github.arturo4j.service.api.DeviceState;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.api.JobPage;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.Metrics;
import io.github.arturo4j.service.api.NewToken;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.api.Token;
import io.github.arturo4j.service.api.TokenList;
import io.github.arturo4j.service.client.FakeService.Handler;
import io.github.arturo4j.service.client.FakeService.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the client asks, what it makes of the answers, and what it does where there is none. */
class ServiceClientTest {
  private static final JobRequest REQUEST =
      NewJob.training().experiment("fmnist_cnn").option("epochs", 3).label("a").priority(60).request();
  private static final String SHA256_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  private static final Token TOKEN = new Token(3, "eva", Role.USER, FakeService.TIME, null);
  private static final Device DEVICE = new Device("0:0", "GPU", 1, 0, DeviceState.DRAINED, null, List.of());

  private FakeService server;
  private ServiceClient client;

  @BeforeEach
  void start() throws IOException {
    server = new FakeService();
    client = client(FakeService.SECRET);
  }

  private ServiceClient client(String secret) {
    return ServiceClient.connect(ClientSettings.of(server.address(), secret).withSilence(Duration.ofSeconds(20)));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void sendsTheTokenAndTheRequestOnly() {
    server.on("POST /jobs", json(201, job(7, State.QUEUED)));
    assertThat(client.submit(REQUEST, "key-1")).isEqualTo(job(7, State.QUEUED));
    Request sent = server.requests().getFirst();
    assertThat(sent.headers())
        .containsEntry("authorization", "Bearer " + FakeService.SECRET)
        .containsEntry("idempotency-key", "key-1")
        .containsEntry("content-type", "application/json")
        .doesNotContainKey("upgrade");
    assertThat(sent.body())
        .isEqualTo("{\"kind\":\"train\",\"experiment\":\"fmnist_cnn\",\"options\":{\"epochs\":3},\"labels\":[\"a\"],\"priority\":60}");
  }

  @Test
  void withoutATokenSendsNone() {
    try (ServiceClient anonymous = client(null)) {
      server.on("GET /jobs/1", problem(401, null, "there is no token; send one"));
      assertThatThrownBy(() -> anonymous.job(1)).isInstanceOf(ServiceException.class);
      assertThat(server.requests().getFirst().headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void aSubmissionIsSentAgainWithTheSameKey() {
    server.on("POST /jobs", reset(), problem(503, null, "starting"), text(502, "text/html", "proxy"), json(200, job(7, State.QUEUED)));
    assertThat(client.submit(REQUEST).id()).isEqualTo(7);
    List<String> keys = server.requests().stream().map(r -> r.headers().get("idempotency-key")).toList();
    assertThat(keys).hasSize(4);
    assertThat(Set.copyOf(keys)).hasSize(1);
    assertThat(keys.getFirst()).hasSizeBetween(16, 200);
    client.submit(REQUEST);
    assertThat(server.requests().getLast().headers().get("idempotency-key")).isNotEqualTo(keys.getFirst());
  }

  @Test
  void waitsForAServerThatIsBeingStarted() throws Exception {
    int port = server.port();
    server.close();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Job> submitted = threads.submit(() -> client.submit(REQUEST));
      Thread.sleep(300);
      assertThat(submitted).isNotDone();
      server = new FakeService(port).on("POST /jobs", json(201, job(7, State.QUEUED)));
      assertThat(submitted.get().id()).isEqualTo(7);
    }
  }

  /** A second token, or a second resumption, would be another one. */
  @Test
  void whatMayHaveHappenedIsNotAskedForAgain() {
    Handler[] once = {reset(), json(200, job(7, State.QUEUED))};
    server.on("POST /jobs/7/resume", once).on("POST /tokens", once).on("DELETE /jobs/7", once).on("POST /jobs/7/cancel", once);
    List<Runnable> calls =
        List.of(
            () -> client.resume(7, 4), () -> client.administration().createToken("eva", Role.USER), () -> client.delete(7),
            () -> client.cancel(7, CancelMode.NOW));
    for (Runnable call : calls) {
      assertThat(catchThrowableOfType(ConnectionException.class, call::run).kind()).isEqualTo(ConnectionException.Kind.BROKEN);
    }
    assertThat(server.asked()).hasSize(calls.size());
    server.on("POST /jobs/7/resume", problem(503, null, "starting"), json(200, job(7, State.QUEUED)));
    assertThat(client.resume(7, null).state()).isEqualTo(State.QUEUED); // 503 says that nothing was done
  }

  @Test
  void aRefusalHasStatusFieldAndDetail() {
    server.on("POST /jobs", problem(422, "options.epochs", "epochs is 0; it must be at least 1"));
    ServiceException refused = catchThrowableOfType(ServiceException.class, () -> client.submit(REQUEST));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.field()).isEqualTo("options.epochs");
    assertThat(refused.detail()).isEqualTo("epochs is 0; it must be at least 1");
    assertThat(refused).hasMessage(refused.detail());
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void pagesAreAskedForAsTheyAreNeeded() {
    server
        .on(
            "GET /jobs?state=queued,running&label=a%20%26b&limit=2",
            json(200, new JobPage(List.of(job(9, State.QUEUED), job(8, State.RUNNING)), 8L)))
        .on("GET /jobs?state=queued,running&label=a%20%26b&before=8&limit=2", json(200, new JobPage(List.of(job(3, State.RUNNING)), null)));
    JobQuery query = JobQuery.all().in(State.RUNNING, State.QUEUED).labelled("a &b").limit(2);
    assertThat(client.allJobs(query).limit(2).map(Job::id)).containsExactly(9L, 8L);
    assertThat(server.asked()).hasSize(1);
    assertThat(client.allJobs(query).map(Job::id)).containsExactly(9L, 8L, 3L);
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void eachCallAsksWhatTheInterfaceSays(@TempDir Path folder) throws IOException {
    Job job = job(7, State.STOPPING);
    server
        .on("PATCH /jobs/7", json(200, job))
        .on("POST /jobs/7/cancel", json(200, job))
        .on("POST /jobs/cancel?label=x%2Fy", json(200, new JobPage(List.of(job), null)))
        .on("POST /jobs/7/resume", json(200, job))
        .on("DELETE /jobs/7", text(204, null, ""))
        .on("GET /jobs/7/artifacts", json(200, new ArtifactList(List.of())))
        .on("GET /jobs/7/metrics?points=50", json(200, new Metrics("test", List.of(), List.of(), List.of(), 0)))
        .on("GET /devices", json(200, new DeviceList(List.of(DEVICE))))
        .on("POST /devices/0%3A0/drain", json(200, DEVICE))
        .on("POST /devices/0%3A0/undrain", json(200, DEVICE))
        .on("GET /experiments", json(200, new Catalog(List.of(), List.of(), List.of())))
        .on("GET /datasets", json(200, new DatasetList(List.of(), 1000L)))
        .on("PUT /datasets/mine/a%20b.csv", json(201, new DatasetFile("mine", "a b.csv", 3, SHA256_OF_ABC)))
        .on("GET /tokens", json(200, new TokenList(List.of(TOKEN))))
        .on("POST /tokens", json(201, new NewToken(TOKEN, "s")))
        .on("DELETE /tokens/3", text(204, null, ""))
        .on("GET /audit?limit=5&before=9", json(200, new AuditPage(List.of(), null)))
        .on("GET /session", json(200, TOKEN));
    assertThat(client.change(7, new JobChange(null, List.of("b"), 3))).isEqualTo(job);
    assertThat(client.cancel(7, CancelMode.CHECKPOINT)).isEqualTo(job);
    assertThat(client.cancel("x/y", CancelMode.NOW)).containsExactly(job);
    assertThat(client.resume(7, 12)).isEqualTo(job);
    client.delete(7);
    assertThat(client.artifacts(7)).isEmpty();
    assertThat(client.metrics(7, 50).judgedBy()).isEqualTo("test");
    assertThat(client.devices()).containsExactly(DEVICE);
    assertThat(client.administration().drain("0:0")).isEqualTo(DEVICE);
    assertThat(client.administration().undrain("0:0")).isEqualTo(DEVICE);
    assertThat(client.catalog().options()).isEmpty();
    assertThat(client.datasets()).isEmpty();
    assertThat(client.upload("mine", Files.writeString(folder.resolve("a b.csv"), "abc")).bytes()).isEqualTo(3);
    assertThat(client.administration().tokens()).containsExactly(TOKEN);
    assertThat(client.administration().createToken("eva", Role.USER)).isEqualTo(new NewToken(TOKEN, "s"));
    client.administration().revokeToken(3);
    assertThat(client.administration().audit(9L, 5).entries()).isEmpty();
    assertThat(client.session()).isEqualTo(TOKEN);
    assertThat(server.requests().stream().map(Request::body).filter(b -> !b.isEmpty()))
        .containsExactly(
            "{\"labels\":[\"b\"],\"priority\":3}", "{\"mode\":\"checkpoint\"}", "{\"mode\":\"now\"}", "{\"epochs\":12}", "abc",
            "{\"name\":\"eva\",\"role\":\"user\"}");
  }

  @Test
  void anUploadThatHasArrivedOtherwiseIsAFailure(@TempDir Path folder) throws IOException {
    server.on("PUT /datasets/mine/a.csv", json(201, new DatasetFile("mine", "a.csv", 3, SHA256_OF_ABC)));
    Path file = Files.writeString(folder.resolve("a.csv"), "abd");
    assertThat(catchThrowableOfType(ConnectionException.class, () -> client.upload("mine", file)).kind())
        .isEqualTo(ConnectionException.Kind.CORRUPT);
  }

  @Test
  void aNewerServerMaySayMore() {
    String more = Json.write(job(7, State.QUEUED)).replaceFirst("\\{", "{\"mood\":\"good\",");
    server.on("GET /jobs/7", text(200, "application/json;charset=utf-8", more));
    assertThat(client.job(7)).isEqualTo(job(7, State.QUEUED));
  }

  @Test
  void threadsMayShareAClientAndAClosedOneSaysSo() throws Exception {
    IntStream.range(1, 40).forEach(i -> server.on("GET /jobs/" + i, json(200, job(i, State.RUNNING))));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Job>> jobs = IntStream.range(1, 40).mapToObj(i -> threads.submit(() -> client.job(i))).toList();
      for (int i = 0; i < jobs.size(); i++) {
        assertThat(jobs.get(i).get().id()).isEqualTo(i + 1);
      }
      server.on("GET /jobs/40", server.silent());
      Future<Job> waiting = threads.submit(() -> client.job(40));
      while (!server.asked().contains("GET /jobs/40")) {
        Thread.sleep(5);
      }
      client.close();
      assertThatThrownBy(waiting::get).hasRootCauseInstanceOf(IllegalStateException.class).hasMessageContaining("the client is closed");
    }
    assertThatThrownBy(() -> client.job(1)).isInstanceOf(IllegalStateException.class).hasMessage("the client is closed");
  }

  @Test
  void settingsDoNotTellTheSecret() {
    assertThat(ClientSettings.of(server.address(), FakeService.SECRET).toString()).doesNotContain(FakeService.SECRET);
  }

  @Test
  void anAddressIsCheckedAndKeepsItsPath() {
    for (String wrong : List.of("ftp://a", "localhost:7070", "http:///x", "http://u:p@host", "http://host/?a=b", "/api")) {
      assertThatThrownBy(() -> ClientSettings.of(URI.create(wrong), null))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the server's address is '" + wrong + "'; it must ");
    }
    assertThatThrownBy(() -> ClientSettings.of(server.address(), "a\nb")).hasMessageStartingWith("the token is no secret");
    server.on("GET /lab/api/v1/jobs/7", json(200, job(7, State.QUEUED)));
    try (ServiceClient behind = ServiceClient.connect(URI.create(server.address() + "/lab/"), null)) {
      assertThat(behind.job(7).id()).isEqualTo(7);
    }
  }
}
