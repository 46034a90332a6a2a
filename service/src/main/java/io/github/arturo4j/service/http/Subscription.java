// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.queue.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What one stream has still to tell: of each job and device the last change, so that a slow reader costs no more memory than a fast
 * one, and learns in the end what is.
 */
final class Subscription {
  private final Predicate<Change> wanted;
  private final Map<String, Change> pending = new LinkedHashMap<>();
  private final Semaphore news = new Semaphore(0);
  private final long token;
  private volatile boolean over;

  /**
   * Of some changes.
   *
   * @param token the number of the token that has opened it
   */
  Subscription(long token, Predicate<Change> wanted) {
    this.token = token;
    this.wanted = wanted;
  }

  /** The number of the token that has opened it. */
  long token() {
    return token;
  }

  /** Has the stream end. */
  void end() {
    over = true;
    wake();
  }

  /** Whether the stream is to end. */
  boolean over() {
    return over;
  }

  /** Takes a change; returns at once. */
  void tell(Change change) {
    if (!wanted.test(change)) {
      return;
    }
    synchronized (pending) {
      pending.remove(key(change)); // so that it comes last
      pending.put(key(change), change);
    }
    wake();
  }

  /** Has {@link #await} return. */
  void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  /** Waits until there is something to do, at most so long. */
  void await(long nanos) throws InterruptedException {
    if (news.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS)) {
      news.drainPermits();
    }
  }

  /** What has come since, the oldest first. */
  List<Change> take() {
    synchronized (pending) {
      List<Change> taken = List.copyOf(pending.values());
      pending.clear();
      return taken;
    }
  }

  private static String key(Change change) {
    return switch (change) {
      case Change.OfJob of -> "job " + of.job().id();
      case Change.Removed removed -> "job " + removed.id();
      case Change.OfDevice of -> "device " + of.device().id();
    };
  }
}
