// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Server-sent events, with the examples of the HTML standard. */
class EventReaderTest {
  private static List<ServerEvent> read(String text) throws IOException {
    try (EventReader reader = new EventReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      List<ServerEvent> events = new ArrayList<>();
      for (ServerEvent event = reader.next(); event != null; event = reader.next()) {
        events.add(event);
      }
      return events;
    }
  }

  @Test
  void asTheStandardHasThem() throws IOException {
    assertThat(read("data: YHOO\ndata: +2\ndata: 10\n\n")).containsExactly(new ServerEvent(null, "message", "YHOO\n+2\n10"));
    assertThat(read(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"))
        .containsExactly(
            new ServerEvent("1", "message", "first event"), new ServerEvent("", "message", "second event"),
            new ServerEvent(null, "message", " third event"));
    assertThat(read("data\n\ndata\ndata\n\ndata:")).containsExactly(
        new ServerEvent(null, "message", ""), new ServerEvent(null, "message", "\n"));
  }

  @Test
  void linesEndInThreeWays() throws IOException {
    for (String end : List.of("\n", "\r", "\r\n")) {
      assertThat(read("event: a" + end + "data: é" + end + "id: 4" + end + end + "event: b" + end + end + "data: 2" + end + end))
          .containsExactly(new ServerEvent("4", "a", "é"), new ServerEvent(null, "message", "2"));
    }
  }

  @Test
  void oneThatIsCutOffIsNone() throws IOException {
    String whole = "id: 1\nevent: a\ndata: b\n\n";
    for (int length = 0; length < whole.length(); length++) {
      assertThat(read(whole.substring(0, length))).isEmpty();
    }
    assertThat(read(whole)).hasSize(1);
  }

  @Test
  void theServerSaysWhenToComeBack() throws IOException {
    try (EventReader reader = new EventReader(new ByteArrayInputStream("retry: 250\nretry: soon\n\n".getBytes(StandardCharsets.UTF_8)))) {
      assertThat(reader.next()).isNull();
      assertThat(reader.retry()).isEqualTo(Duration.ofMillis(250));
    }
  }

  /** Whatever answers there may send for ever. */
  @Test
  void whatDoesNotEndIsNotKept() {
    for (String endless : List.of("x", "data: x\n")) {
      EventReader reader = new EventReader(repeated(endless));
      assertThatThrownBy(reader::next).isInstanceOf(ProtocolException.class).hasMessageEndingWith("that does not end");
    }
  }

  private static InputStream repeated(String text) {
    byte[] piece = text.repeat(1 << 13).getBytes(StandardCharsets.UTF_8);
    return new SequenceInputStream(
        new Enumeration<>() {
          @Override
          public boolean hasMoreElements() {
            return true;
          }

          @Override
          public InputStream nextElement() {
            return new ByteArrayInputStream(piece);
          }
        });
  }
}
