// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells when files have grown that somebody reads: their sizes are looked up four times a second, once for all readers of a file.
 * The JDK's own watch service has a limit of folders for a whole user, and misses what other machines write to a shared disk.
 */
final class FileWatch implements AutoCloseable {
  private static final long MILLIS = 250;

  private final Map<Path, Watched> files = new HashMap<>();
  private boolean closed;

  private static final class Watched {
    private final List<Runnable> readers = new ArrayList<>();
    private long size;
  }

  FileWatch() {
    Thread.ofVirtual().name("file-watch").start(this::run);
  }

  /** Has a reader told, in this watch's thread, whenever the file's size has changed; the file need not be there. */
  synchronized void add(Path file, Runnable reader) {
    Watched watched = files.computeIfAbsent(file, each -> new Watched());
    if (watched.readers.isEmpty()) {
      watched.size = file.toFile().length();
    }
    watched.readers.add(reader);
    notifyAll();
  }

  /** Tells it no more. */
  synchronized void remove(Path file, Runnable reader) {
    Watched watched = files.get(file);
    if (watched != null) {
      watched.readers.remove(reader);
      if (watched.readers.isEmpty()) {
        files.remove(file);
      }
    }
  }

  private void run() {
    try {
      while (waitForReaders()) {
        tell();
        Thread.sleep(MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean waitForReaders() throws InterruptedException {
    while (files.isEmpty() && !closed) {
      wait();
    }
    return !closed;
  }

  private synchronized void tell() {
    files.forEach(
        (file, watched) -> {
          long size = file.toFile().length(); // 0 if it is not there
          if (size != watched.size) {
            watched.size = size;
            watched.readers.forEach(Runnable::run);
          }
        });
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
