// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits longer each time, with chance in it so that clients do not come all at once, until patience is at its end. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Duration patience;
  private final long begin = System.nanoTime();
  private Duration next = FIRST;

  Backoff(Duration patience) {
    this.patience = patience;
  }

  /**
   * Waits, at least as long as the server asks for.
   *
   * @param asked null if it does not
   * @return false, at once, if that would be longer than the patience that is left
   */
  boolean waits(Duration asked) {
    long millis = ThreadLocalRandom.current().nextLong(next.toMillis() / 2, next.toMillis() + 1);
    Duration wait = Duration.ofMillis(asked == null ? millis : Math.max(millis, asked.toMillis()));
    if (wait.plusNanos(System.nanoTime() - begin).compareTo(patience) > 0) {
      return false;
    }
    next = next.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : next.multipliedBy(2);
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionException(ConnectionException.Kind.INTERRUPTED, "the wait for the server was interrupted", e);
    }
    return true;
  }
}
