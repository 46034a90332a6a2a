// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import static io.github.arturo4j.service.client.FakeService.cut;
import static io.github.arturo4j.service.client.FakeService.job;
import static io.github.arturo4j.service.client.FakeService.json;
import static io.github.arturo4j.service.client.FakeService.problem;
import static io.github.arturo4j.service.client.FakeService.reset;
import static io.github.arturo4j.service.client.FakeService.stream;
import static io.github.arturo4j.service.client.FakeService.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.client.FakeService.Handler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log comes whole, each byte once. */
class LogStreamTest {
  private static final String PLAIN = "text/plain";
  private static final String PATH = "GET /jobs/7/logs";

  private FakeService server;
  private ServiceClient client;

  @BeforeEach
  void start() throws IOException {
    server = new FakeService();
    client = client(Duration.ofSeconds(30));
  }

  private ServiceClient client(Duration silence) {
    return ServiceClient.connect(
        ClientSettings.of(server.address(), null).withSilence(silence).withPatience(Duration.ofSeconds(20), Duration.ofSeconds(20)));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static String read(LogStream log) throws IOException {
    return new String(log.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void whatThereIs() throws IOException {
    server.on(PATH + "?offset=-4&follow=false", text(200, PLAIN + ";charset=utf-8", "zwei", "X-Offset", "5"));
    LogStream log = client.log(7, -4);
    assertThat(read(log)).isEqualTo("zwei");
    assertThat(log.position()).isEqualTo(9);
    server.on(PATH, text(200, PLAIN, "", "X-Offset", "0"));
    assertThat(read(client.log(7, 0))).isEmpty();
  }

  @Test
  void comesInPartsIfItIsLong() throws IOException {
    int part = 16 << 20;
    server
        .on(PATH + "?offset=0&follow=false", text(200, PLAIN, "a".repeat(part), "X-Offset", "0"))
        .on(PATH + "?offset=" + part + "&follow=false", text(200, PLAIN, "b", "X-Offset", Integer.toString(part)));
    String all = read(client.log(7, 0));
    assertThat(all).hasSize(part + 1).endsWith("ab");
  }

  /** What there is behind the position that is asked for. */
  private static Handler behind(String all, boolean breaksOff) {
    return (exchange, request) -> {
      int offset = Integer.parseInt(request.what().replaceAll(".*offset=([0-9]+)&follow=true", "$1"));
      byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
      String rest = new String(bytes, offset, bytes.length - offset, StandardCharsets.UTF_8);
      (breaksOff ? cut(PLAIN, rest, "X-Offset", "" + offset) : stream(PLAIN, rest, "X-Offset", "" + offset)).answer(exchange, request);
    };
  }

  @Test
  void isFollowedToTheEndThroughBreaksAndRestarts() throws IOException {
    String all = "eins\nzwei\ndrei\nÄh\n";
    server
        .on(
            PATH, behind("eins\n", true), reset(), problem(503, null, "starting"),
            behind("eins\nzwei\n", false), // then the server is stopped
            behind("eins\nzwei\n", false), behind(all, false))
        .on("GET /jobs/7", json(200, job(7, State.RUNNING)), json(200, job(7, State.SUCCEEDED)));
    assertThat(read(client.followLog(7, 0))).isEqualTo(all);
    assertThat(server.asked()).filteredOn("GET /jobs/7"::equals).hasSize(2);
  }

  @Test
  void aJobThatPrintsNothingIsAskedAnewForItsLog() throws IOException {
    try (ServiceClient impatient = client(Duration.ofMillis(300))) {
      server
          .on(PATH + "?offset=0&follow=true", server.stalled(PLAIN, "eins\n", "X-Offset", "0"))
          .on(PATH + "?offset=5&follow=true", server.stalled(PLAIN, "", "X-Offset", "5"), stream(PLAIN, "zwei\n", "X-Offset", "5"))
          .on(PATH + "?offset=10&follow=true", stream(PLAIN, "", "X-Offset", "10"))
          .on("GET /jobs/7", json(200, job(7, State.FAILED)));
      assertThat(read(impatient.followLog(7, 0))).isEqualTo("eins\nzwei\n");
    }
  }

  @Test
  void refusalsAndOtherServersAreNamed() {
    server.on(PATH, problem(404, null, "there is no job 7; look at the list"));
    assertThatThrownBy(() -> client.log(7, 0).read()).isInstanceOf(ServiceException.class);
    server.on(PATH, text(200, PLAIN, "hello"));
    assertThat(catchThrowableOfType(ConnectionException.class, () -> client.log(7, 0).read()).kind())
        .isEqualTo(ConnectionException.Kind.NO_ARTURO);
  }

  @Test
  void closingWakesWhoeverWaits() throws Exception {
    server.on(PATH, server.stalled(PLAIN, "a", "X-Offset", "0"));
    LogStream log = client.followLog(7, 0);
    assertThat(log.read()).isEqualTo('a');
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> more = threads.submit(() -> log.read());
      Thread.sleep(100);
      assertThat(more).isNotDone();
      log.close();
      assertThat(more.get()).isEqualTo(-1);
    }
  }
}
