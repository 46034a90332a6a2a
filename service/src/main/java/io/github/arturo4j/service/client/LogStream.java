// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.client.ConnectionException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;

/**
 * What a job's process has printed, as UTF-8. Where a connection breaks it goes on behind the last byte. One thread reads, any may
 * close; reading throws {@link ServiceException} and {@link ConnectionException}.
 */
public final class LogStream extends InputStream {
  /** The server sends no more than this at once of a log that is not followed. */
  private static final long PART = 16L << 20;

  private final Exchange exchange;
  private final String path;
  private final boolean follow;
  private long offset;
  private long received;
  private boolean ended;
  private Backoff backoff;
  private volatile InputStream body;
  private volatile boolean closed;

  LogStream(Exchange exchange, long id, long offset, boolean follow) {
    this.exchange = exchange;
    this.path = "/jobs/" + id;
    this.offset = offset;
    this.follow = follow;
    backoff = new Backoff(exchange.settings().streamPatience());
  }

  /** The position of the next byte, from which another stream may go on. */
  public long position() {
    return offset;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /** Bytes as soon as there are some; -1 when there will be none, or the stream is closed. */
  @Override
  public int read(byte[] bytes, int from, int count) {
    if (count == 0) {
      return 0;
    }
    while (!ended && !closed) {
      InputStream now = body == null ? connect() : body;
      try {
        int n = now.read(bytes, from, count);
        if (n > 0) {
          offset += n;
          received += n;
          backoff = new Backoff(exchange.settings().streamPatience());
          return n;
        }
        disconnect(now);
        ended = isComplete();
      } catch (HttpTimeoutException e) {
        disconnect(now); // a job that prints nothing, or a connection that is gone without a word: asking anew finds out
      } catch (IOException e) {
        again(now, Failure.of(exchange.server(), e));
      }
    }
    return -1;
  }

  private InputStream connect() {
    HttpRequest request =
        exchange.request(path + "/logs?offset=" + offset + "&follow=" + follow).header("Accept", "text/plain").build();
    HttpResponse<InputStream> response = exchange.stream(request, "text/plain");
    offset = response.headers().firstValueAsLong("X-Offset").orElseThrow(() -> Answer.noArturo(exchange.server(), response));
    received = 0;
    InputStream made = exchange.watched(response);
    body = made;
    if (closed) {
      disconnect(made);
    }
    return made;
  }

  /** Whether an answer that has come to its end was all. One that is followed ends early, too, when the server is stopped. */
  private boolean isComplete() {
    if (!follow) {
      return received < PART;
    }
    if (received > 0) {
      return false;
    }
    HttpRequest request = exchange.request(path).build();
    if (exchange.value(request, Exchange.Repeat.YES, Job.class).state().hasEnded()) {
      return true;
    }
    if (!backoff.waits(null)) {
      throw new ConnectionException(Kind.BROKEN, "the server at " + exchange.server() + " ends the log too early", null);
    }
    return false;
  }

  private void again(InputStream before, ConnectionException failure) {
    disconnect(before);
    if (!closed && !backoff.waits(null)) {
      throw failure;
    }
  }

  private void disconnect(InputStream now) {
    body = null;
    try {
      now.close();
    } catch (IOException e) {
      // Nothing more is read from it.
    }
  }

  @Override
  public void close() {
    closed = true;
    InputStream now = body;
    if (now != null) {
      disconnect(now);
    }
  }
}
