// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.queue.Change;
import io.github.arturo4j.service.queue.Jobs;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The open streams of a server, which are told what changes, and end with it. */
final class Streams implements AutoCloseable {
  private static final long CLOSING_MILLIS = 500;

  private final int max;
  private final FileWatch files = new FileWatch();
  private final Set<Subscription> open = ConcurrentHashMap.newKeySet();
  private final Runnable unwatch;
  private volatile boolean closed;

  /** What a stream does as long as it is open. */
  @FunctionalInterface
  interface Body {
    /** Runs until there is nothing more to tell, or the subscription is over. */
    void run(Subscription subscription) throws IOException, InterruptedException;
  }

  /**
   * None at first.
   *
   * @param max open ones at once
   */
  Streams(Jobs jobs, int max) {
    this.max = max;
    this.unwatch = jobs.watch(this::tell);
  }

  private void tell(Change change) {
    open.forEach(each -> each.tell(change));
  }

  /**
   * Runs one, in this thread.
   *
   * @param token the number of the token that opens it
   * @param wanted the changes that it is woken for
   * @param file whose growth wakes it, too; null for none
   * @throws RequestException 503 if there are too many, or the server ends
   */
  void run(long token, Predicate<Change> wanted, Path file, Body body) throws IOException {
    if (closed || open.size() >= max) {
      throw new RequestException(
          503, null,
          closed ? "the server ends; try again when it is back" : open.size() + " streams are open, as many as may be; close one",
          Map.of("Retry-After", "5"));
    }
    Subscription subscription = new Subscription(token, wanted);
    Runnable wake = subscription::wake;
    open.add(subscription);
    if (closed) { // meanwhile
      subscription.end();
    }
    if (file != null) {
      files.add(file, wake);
    }
    try {
      body.run(subscription);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server ends");
    } finally {
      if (file != null) {
        files.remove(file, wake);
      }
      open.remove(subscription);
    }
  }

  /** Ends those that a token has opened. */
  void end(long token) {
    open.stream().filter(each -> each.token() == token).forEach(Subscription::end);
  }

  /** How many are open. */
  int open() {
    return open.size();
  }

  /** Ends them; a reader that takes nothing is not waited for. */
  @Override
  public void close() {
    closed = true;
    unwatch.run();
    files.close();
    open.forEach(Subscription::end);
    long end = System.nanoTime() + CLOSING_MILLIS * 1_000_000;
    try {
      while (!open.isEmpty() && System.nanoTime() < end) {
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
