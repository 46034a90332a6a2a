// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** An answer's body, whose reader is not left waiting for a server that has fallen silent. */
final class Watched extends FilterInputStream {
  private static final int CHECKS = 4;

  private final long silence;
  private final Future<?> watch;
  private volatile long since = Long.MAX_VALUE;
  private volatile boolean silent;

  Watched(InputStream body, Duration silence, ScheduledExecutorService timer) {
    super(body);
    this.silence = silence.toNanos();
    long period = Math.max(1, this.silence / CHECKS);
    watch = timer.scheduleWithFixedDelay(this::check, period, period, TimeUnit.NANOSECONDS);
  }

  private void check() {
    long began = since;
    if (began != Long.MAX_VALUE && System.nanoTime() - began > silence) {
      silent = true;
      closeBody();
    }
  }

  private void closeBody() {
    try {
      in.close(); // wakes the reader
    } catch (IOException e) {
      // Nothing more is read from it.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int n = read(one, 0, 1);
    return n < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    since = System.nanoTime();
    try {
      int n = in.read(bytes, offset, count);
      if (silent) {
        throw new HttpTimeoutException("nothing came for a while");
      }
      return n;
    } catch (IOException e) {
      if (silent) {
        throw new HttpTimeoutException("nothing came for a while");
      }
      throw e;
    } finally {
      since = Long.MAX_VALUE;
    }
  }

  @Override
  public void close() {
    watch.cancel(false);
    closeBody();
  }
}
