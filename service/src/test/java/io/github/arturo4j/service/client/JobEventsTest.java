// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import static io.github.arturo4j.service.client.FakeService.cut;
import static io.github.arturo4j.service.client.FakeService.job;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events are told in their order, each once, whatever happens to the connection. */
class JobEventsTest {
  private static final String SSE = "text/event-stream";
  private static final String PATH = "GET /jobs/7/events";

  private FakeService server;
  private ServiceClient client;

  @BeforeEach
  void start() throws IOException {
    server = new FakeService();
    client = client(Duration.ofSeconds(30), Duration.ofSeconds(30));
  }

  private ServiceClient client(Duration silence, Duration patience) {
    return ServiceClient.connect(
        ClientSettings.of(server.address(), null).withSilence(silence).withPatience(patience, patience));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  private static String training(long id, int epoch) {
    return "id: " + id + "\nevent: training\ndata: {\"type\":\"epoch\",\"epoch\":" + epoch + "}\n\n";
  }

  private static String of(State state) {
    return "event: job\ndata: " + Json.write(job(7, state)) + "\n\n";
  }

  private static final String END = "event: end\ndata: {}\n\n";

  private static JobEvent told(long id, int epoch) {
    return new JobEvent.Told(id, "epoch", Map.of("type", "epoch", "epoch", epoch));
  }

  private static List<JobEvent> all(JobEvents events) {
    List<JobEvent> all = new ArrayList<>();
    events.forEachRemaining(all::add);
    return all;
  }

  @Test
  void areTypedAndEndWithTheJob() {
    server.on(
        PATH,
        stream(
            SSE,
            "retry: 20\n\n: alive\n\n" + of(State.RUNNING) + training(10, 1) + "event: mood\ndata: good\n\n" + of(State.SUCCEEDED)
                + END + training(99, 9)));
    JobEvents events = client.events(7);
    assertThat(all(events))
        .containsExactly(
            new JobEvent.Changed(job(7, State.RUNNING)), told(10, 1), new JobEvent.Changed(job(7, State.SUCCEEDED)));
    assertThat(events.position()).isEqualTo(10);
    assertThat(events.hasNext()).isFalse();
    assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
    assertThat(server.requests()).singleElement()
        .satisfies(r -> assertThat(r.headers()).containsEntry("last-event-id", "0").containsEntry("accept", SSE));
  }

  /** Those from the position on that is asked for, that one again, too; a job before them. */
  private static Handler from(int end, boolean breaksOff, State state) {
    return (exchange, request) -> {
      int after = Integer.parseInt(request.headers().get("last-event-id"));
      StringBuilder text = new StringBuilder(of(state));
      for (int position = Math.max(10, after); position <= end; position += 10) {
        text.append(training(position, position / 10));
      }
      if (breaksOff) {
        cut(SSE, text + "id: " + (end + 10) + "\nevent: training\ndata: {\"type\":\"ep").answer(exchange, request);
      } else {
        stream(SSE, state.hasEnded() ? text + END : text.toString()).answer(exchange, request);
      }
    };
  }

  @Test
  void goOnBehindTheLastOneAndTellNoneTwice() {
    server.on(
        PATH,
        from(20, true, State.RUNNING), reset(), problem(503, null, "starting; try again"), from(30, false, State.RUNNING),
        from(30, true, State.RUNNING), from(40, false, State.STOPPING), from(60, false, State.CANCELLED));
    List<JobEvent> told = new ArrayList<>();
    client.events(7, told::add);
    assertThat(told)
        .containsExactly(
            new JobEvent.Changed(job(7, State.RUNNING)), told(10, 1), told(20, 2), told(30, 3),
            new JobEvent.Changed(job(7, State.STOPPING)), told(40, 4),
            new JobEvent.Changed(job(7, State.CANCELLED)), told(50, 5), told(60, 6));
    List<String> asked = server.requests().stream().map(r -> r.headers().get("last-event-id")).toList();
    assertThat(asked).hasSize(7).startsWith("0").endsWith("30", "30", "40");
  }

  @Test
  void beginBehindAPosition() {
    server.on(PATH, stream(SSE, training(20, 2) + END));
    assertThat(all(client.events(7, 10))).containsExactly(told(20, 2));
    assertThat(server.requests().getFirst().headers()).containsEntry("last-event-id", "10");
  }

  @Test
  void aServerThatFallsSilentIsAskedAnew() {
    try (ServiceClient impatient = client(Duration.ofMillis(300), Duration.ofSeconds(30))) {
      AtomicBoolean silent = new AtomicBoolean();
      server.on(
          PATH,
          (exchange, request) -> {
            boolean begins = request.headers().get("last-event-id").equals("0");
            Handler answer =
                begins
                    ? server.stalled(SSE, training(10, 1))
                    : silent.getAndSet(true) ? stream(SSE, training(20, 2) + END) : server.silent();
            answer.answer(exchange, request);
          });
      assertThat(all(impatient.events(7))).containsExactly(told(10, 1), told(20, 2));
    }
  }

  @Test
  void patienceEnds() {
    try (ServiceClient impatient = client(Duration.ofSeconds(30), Duration.ofMillis(400))) {
      server.on(PATH, stream(SSE, training(10, 1)), reset());
      JobEvents events = impatient.events(7);
      assertThat(events.next()).isEqualTo(told(10, 1));
      assertThat(catchThrowableOfType(ConnectionException.class, events::hasNext).kind()).isEqualTo(ConnectionException.Kind.BROKEN);
      server.on(PATH, stream(SSE, ""));
      assertThat(catchThrowableOfType(ConnectionException.class, impatient.events(7)::hasNext))
          .hasMessageContaining("ends its events too early");
    }
  }

  @Test
  void aRefusalEndsThem() {
    server.on(PATH, stream(SSE, training(10, 1)), problem(404, null, "there is no job 7; 'arturo jobs' lists them"));
    JobEvents events = client.events(7);
    assertThat(events.next()).isEqualTo(told(10, 1));
    assertThatThrownBy(events::hasNext).isInstanceOf(ServiceException.class).hasMessageStartingWith("there is no job 7");
  }

  @Test
  void garbageIsNamed() {
    server.on(PATH, text(200, "text/html", "<html>"));
    assertThat(catchThrowableOfType(ConnectionException.class, client.events(7)::hasNext).kind())
        .isEqualTo(ConnectionException.Kind.NO_ARTURO);
    server.on(PATH, stream(SSE, "id: x\nevent: training\ndata: {}\n\n"));
    assertThat(catchThrowableOfType(ConnectionException.class, client.events(7)::hasNext).kind())
        .isEqualTo(ConnectionException.Kind.OTHER_VERSION);
    server.on(PATH, stream(SSE, "id: 5\nevent: training\ndata: {\n\n"));
    assertThat(catchThrowableOfType(ConnectionException.class, client.events(7)::hasNext).kind())
        .isEqualTo(ConnectionException.Kind.OTHER_VERSION);
    server.on(PATH, stream(SSE, "event: job\ndata: {\"id\": 7}\n\n"));
    assertThat(catchThrowableOfType(ConnectionException.class, client.events(7)::hasNext).kind())
        .isEqualTo(ConnectionException.Kind.OTHER_VERSION);
  }

  @Test
  void closingWakesWhoeverWaits() throws Exception {
    server.on(PATH, server.stalled(SSE, training(10, 1)));
    JobEvents events = client.events(7);
    assertThat(events.next()).isEqualTo(told(10, 1));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> more = threads.submit(events::hasNext);
      Thread.sleep(100);
      assertThat(more).isNotDone();
      events.close();
      assertThat(more.get()).isFalse();
    }
  }
}
