// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes server-sent events (HTML standard, section 9.2). A write blocks until the reader takes it, so that nothing heaps up.
 */
final class EventStream {
  /** Between two signs of life; below the usual limits of proxies. */
  static final long HEARTBEAT_NANOS = 15_000_000_000L;

  private static final int RETRY_MILLIS = 2000;
  private static final byte[] ID = "id: ".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.UTF_8);

  private final OutputStream out;
  private long last = System.nanoTime();

  /** Begins one, with its headers. */
  EventStream(Context context) throws IOException {
    headers(context);
    out = context.res().getOutputStream();
    out.write(("retry: " + RETRY_MILLIS + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  /** The headers alone. */
  static void headers(Context context) {
    context.status(200).contentType("text/event-stream").header("Cache-Control", "no-store").header("X-Accel-Buffering", "no");
  }

  /**
   * Writes an event.
   *
   * @param id from where a reader goes on behind it; negative for none
   * @param json its data, on one line
   */
  void event(String type, long id, byte[] json) throws IOException {
    if (id >= 0) {
      out.write(ID);
      out.write(Long.toString(id).getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }
    out.write(("event: " + type + "\n").getBytes(StandardCharsets.UTF_8));
    out.write(DATA);
    out.write(json);
    out.write('\n');
    out.write('\n');
    last = System.nanoTime();
  }

  /** Sends what was written; and a sign of life if nothing was, long enough. */
  void flush() throws IOException {
    if (nanosToHeartbeat() <= 0) {
      out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
      last = System.nanoTime();
    }
    out.flush();
  }

  /** How long it may still be silent. */
  long nanosToHeartbeat() {
    return last + HEARTBEAT_NANOS - System.nanoTime();
  }
}
