// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * Looks, from a thread of its own, whether a call has taken longer than it may: a thread that waits in native code for ranks that
 * are gone comes back from nothing else. To begin and to end a call is to write a field.
 */
final class Watchdog implements AutoCloseable {
  private final long limit;
  private final Consumer<String> expired;
  private final Thread thread;
  private volatile boolean patient;
  private volatile String call;
  private volatile long since; // System.nanoTime(), odd; 0 while there is no call

  /**
   * Begins to look.
   *
   * @param limit for a call
   * @param expired gets, once, the name of a call that has taken longer, on the thread that looks
   */
  Watchdog(Duration limit, Consumer<String> expired) {
    this.limit = limit.toNanos();
    this.expired = expired;
    long pause = Math.clamp(limit.toMillis() / 8, 1, 1000);
    thread = Thread.ofPlatform().daemon().name("arturo-watchdog").start(() -> look(pause));
  }

  /** A call begins; now, by {@link System#nanoTime}. */
  long begin(String name) {
    call = name;
    long now = System.nanoTime() | 1;
    since = patient ? 0 : now;
    return now;
  }

  /** Whether it overlooks the calls that begin from here on. */
  void patient(boolean on) {
    patient = on;
  }

  /** It has ended. */
  void end() {
    since = 0;
  }

  private void look(long pause) {
    try {
      while (true) {
        Thread.sleep(pause);
        String name = call;
        long begun = since;
        if (begun != 0 && System.nanoTime() - begun > limit) {
          expired.accept(name);
          return;
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
