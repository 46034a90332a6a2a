// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.service.api.JobChange;
import io.github.arturo4j.service.api.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Event streams, cut and gone on with. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StreamsTest {
  @TempDir
  Path folder;

  private TestServer server;
  private Path events;

  /**
   * A server-sent event.
   *
   * @param id null for none
   */
  private record Event(String type, String id, String data) {}

  /** What reads a stream event by event. */
  private static final class Reader implements AutoCloseable {
    private final InputStream in;
    private final BufferedReader lines;

    Reader(InputStream in) {
      this.in = in;
      this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** The next one; null at the end. */
    Event next() throws IOException {
      String type = null;
      String id = null;
      String data = null;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          type = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.isEmpty() && data != null) {
          return new Event(type, id, data);
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(folder);
    server.send("user", "POST", "/api/v1/jobs", "{\"experiment\": \"fmnist_cnn\"}");
    events = server.jobs.folder(1).events();
    Files.createDirectories(events.getParent());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Reader open(String path, String lastEventId) throws Exception {
    HttpRequest.Builder request = server.request("reader", path).header("Accept", "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    HttpResponse<InputStream> answer = server.client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
    assertThat(answer.headers().firstValue("X-Accel-Buffering")).contains("no");
    return new Reader(answer.body());
  }

  private void append(String text) throws IOException {
    Files.writeString(events, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String line(int i) {
    return "{\"type\":\"step\",\"step\":" + i + "}";
  }

  @Test
  void eachEventComesOnceAndInOrderHoweverOftenTheStreamIsCut() throws Exception {
    int count = 400;
    server.jobs.state(1, State.RUNNING);
    Thread writer = Thread.ofVirtual().start(
        () -> {
          Random random = new Random(7);
          try {
            for (int i = 0; i < count; i++) {
              String whole = line(i) + "\n";
              int cut = random.nextInt(whole.length());
              append(whole.substring(0, cut));
              append(whole.substring(cut));
              if (i % 20 == 0) {
                Thread.sleep(20);
              }
            }
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
          server.jobs.state(1, State.SUCCEEDED);
        });
    List<String> seen = new ArrayList<>();
    String last = null;
    boolean end = false;
    Random random = new Random(3);
    while (!end) {
      try (Reader reader = open("/api/v1/jobs/1/events", last)) {
        int most = 1 + random.nextInt(60);
        assertThat(reader.next().type()).isEqualTo("job");
        for (int i = 0; i < most && !end; i++) {
          Event event = reader.next();
          end = event.type().equals("end");
          if (event.type().equals("training")) {
            seen.add(event.data());
            last = event.id();
          } else {
            assertThat(event.id()).isNull();
          }
        }
      }
    }
    writer.join();
    assertThat(seen).containsExactlyElementsOf(IntStream.range(0, count).mapToObj(StreamsTest::line).toList());
    assertThat(Long.parseLong(last)).isEqualTo(Files.size(events));
  }

  @Test
  void aJobsLastLinesComeBeforeTheNewsThatItHasEnded() throws Exception {
    try (Reader reader = open("/api/v1/jobs/1/events", null)) {
      assertThat(reader.next().data()).contains("\"state\":\"queued\"");
      server.jobs.state(1, State.RUNNING);
      assertThat(reader.next().data()).contains("\"state\":\"running\"");
      append(line(1) + "\n" + line(2) + "\n{\"type\":\"st");
      server.jobs.state(1, State.FAILED);
      assertThat(reader.next().data()).isEqualTo(line(1));
      assertThat(reader.next().data()).isEqualTo(line(2));
      assertThat(reader.next().data()).contains("\"state\":\"failed\"");
      assertThat(reader.next()).isEqualTo(new Event("end", null, "{\"id\":1,\"state\":\"failed\"}"));
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void aLineThatWasCutOffAndWrittenAnewIsReadAsItIsInTheEnd() throws Exception {
    server.jobs.state(1, State.RUNNING);
    append(line(1) + "\n{\"type\":\"step\",\"st");
    try (Reader reader = open("/api/v1/jobs/1/events", null)) {
      reader.next();
      assertThat(reader.next().data()).isEqualTo(line(1));
      Files.writeString(events, line(1) + "\n");
      append(line(20) + "\n");
      assertThat(reader.next().data()).isEqualTo(line(20));
    }
  }

  @Test
  void whereNoLineEndsNothingCanGoOn() throws Exception {
    append(line(1) + "\n");
    for (String after : new String[] {"5", "9999"}) {
      HttpResponse<String> answer = server.get("reader", "/api/v1/jobs/1/events?after=" + after);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("\"field\":\"after\"", "after is " + after);
    }
    try (Reader reader = open("/api/v1/jobs/1/events?after=9999", "0")) {
      reader.next();
      assertThat(reader.next().data()).isEqualTo(line(1));
    }
  }

  @Test
  void allJobsAndDevicesAreToldOfFromASnapshotOn() throws Exception {
    try (Reader reader = open("/api/v1/events", null)) {
      Event snapshot = reader.next();
      assertThat(snapshot.type()).isEqualTo("snapshot");
      assertThat(snapshot.data()).contains("\"jobs\":[{\"id\":1,", "\"devices\":[{\"id\":\"jvm\"");
      server.jobs.state(1, State.CANCELLED);
      assertThat(reader.next().data()).contains("\"state\":\"cancelled\"");
      server.send("admin", "POST", "/api/v1/devices/jvm/drain", null);
      assertThat(reader.next()).extracting(Event::type).isEqualTo("device");
      server.send("user", "DELETE", "/api/v1/jobs/1", null);
      assertThat(reader.next()).isEqualTo(new Event("removed", null, "{\"id\":1}"));
    }
  }

  @Test
  void manyIdleStreamsAreOpenAndEndWithTheServer() throws Exception {
    server.jobs.state(1, State.RUNNING);
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      readers.add(open("/api/v1/jobs/1/events", null));
      readers.add(open("/api/v1/events", null));
    }
    for (Reader each : readers) {
      each.next();
    }
    append(line(1) + "\n");
    for (int i = 0; i < readers.size(); i += 2) {
      assertThat(readers.get(i).next().data()).isEqualTo(line(1));
    }
    assertThat(server.send(HttpRequest.newBuilder(server.uri("/metrics"))).body()).contains("arturo_event_streams 300.0");
    server.server.close();
    for (Reader each : readers) {
      assertThat(each.next()).isNull();
    }
  }

  @Test
  void aRevokedTokenSeesNoMore() throws Exception {
    server.jobs.state(1, State.RUNNING);
    try (Reader one = open("/api/v1/jobs/1/events", null); Reader all = open("/api/v1/events", null)) {
      one.next();
      all.next();
      assertThat(server.send("admin", "DELETE", "/api/v1/tokens/3", null).statusCode()).isEqualTo(204);
      assertThat(one.next()).isNull();
      assertThat(all.next()).isNull();
    }
  }

  @Test
  void thereAreNoMoreStreamsThanTheLimit() throws Exception {
    server.close();
    server = new TestServer(folder, new Limits(1 << 18, 1 << 20, 0, 200, 400, 10, 1));
    try (Reader reader = open("/api/v1/events", null)) {
      reader.next();
      HttpResponse<String> answer = server.get("reader", "/api/v1/events");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    }
  }

  @Test
  void aSlowReaderKeepsNobodyElseAndLearnsInTheEndWhatIs() throws Exception {
    server.jobs.state(1, State.RUNNING);
    try (Reader slow = open("/api/v1/events", null)) {
      slow.next();
      for (int i = 0; i < 20_000; i++) {
        server.jobs.change(1, new JobChange("name " + i, null, null), "x");
      }
      Event event = slow.next();
      int told = 1;
      while (!event.data().contains("\"name 19999\"")) {
        event = slow.next();
        told++;
      }
      assertThat(told).isLessThan(20_000);
    }
  }
}
