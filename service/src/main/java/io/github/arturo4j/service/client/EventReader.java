// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads server-sent events, as the HTML standard defines them. One that is cut off is none. */
final class EventReader implements AutoCloseable {
  private static final int MAX_LENGTH = 1 << 22;

  private final InputStream source;
  private final Reader in;
  private Duration retry;
  private boolean afterReturn;

  EventReader(InputStream in) {
    source = in;
    this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  /** After how long the server wants to be asked anew; null if it does not say. */
  Duration retry() {
    return retry;
  }

  /** The next one; null at the end. */
  ServerEvent next() throws IOException {
    String id = null;
    String type = "message";
    StringBuilder data = null;
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        if (data != null) {
          return new ServerEvent(id, type, data.toString());
        }
        id = null;
        type = "message";
        continue;
      }
      int colon = line.indexOf(':');
      String name = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(line.startsWith(": ", colon) ? colon + 2 : colon + 1);
      switch (name) {
        case "data" -> data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
        case "event" -> type = value;
        case "id" -> id = value;
        case "retry" -> retry = value.matches("[0-9]{1,9}") ? Duration.ofMillis(Long.parseLong(value)) : retry;
        default -> { } // a comment, or something new
      }
      if (data != null && data.length() > MAX_LENGTH) {
        throw new ProtocolException("an event that does not end");
      }
    }
    return null;
  }

  /** A line, whichever of the three ends it has; null where the stream ends without one. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n' && afterReturn) {
        afterReturn = false;
        continue;
      }
      afterReturn = c == '\r';
      if (c == '\n' || c == '\r') {
        return line.toString();
      }
      line.append((char) c);
      if (line.length() > MAX_LENGTH) {
        throw new ProtocolException("a line that does not end");
      }
    }
    return null;
  }

  /** Wakes a thread that reads, too: closing the reader around it would wait for that. */
  @Override
  public void close() throws IOException {
    source.close();
  }
}
