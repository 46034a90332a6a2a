// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.models.data.Features;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Brings the features of one batch after the other to where they are sent from. While the device computes on a batch, all
 * processors read the two that follow it in the order of the examples, so that a step waits only where reading takes longer
 * than computing.
 */
final class FeatureStream {
  /** Batches that are read ahead. */
  private static final int AHEAD = 2;

  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final ExecutorService READERS = readers();

  private final Function<int[], Features> read;
  private final FeatureArrays arrays;
  private final int size;
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private int taken;
  private long waitedNanos;

  /**
   * A stream.
   *
   * @param read the examples of some indices; several threads call it
   * @param arrays where a batch goes
   * @param size examples of a batch at most
   */
  FeatureStream(Function<int[], Features> read, FeatureArrays arrays, int size) {
    this.read = read;
    this.arrays = arrays;
    this.size = size;
  }

  /** Examples that one thread reads, beginning with the first that no batch has taken. */
  private record Chunk(int[] indices, Future<Features> features) {}

  private static ExecutorService readers() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("arturo4j-reader-", 1).daemon().factory());
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /**
   * Fills the array with a batch, and begins to read those behind it.
   *
   * @param order examples, in the order in which they are wanted
   * @param offset where the batch begins
   * @param count its examples
   */
  void load(int[] order, int offset, int count) {
    int known = known(order, offset);
    if (known < 0) {
      chunks.forEach(chunk -> chunk.features.cancel(false));
      chunks.clear();
      taken = 0;
      known = 0;
    }
    readTo(order, offset + known, Math.min(order.length, offset + count + AHEAD * size));
    for (int row = 0; row < count; ) {
      Chunk chunk = chunks.getFirst();
      int rows = Math.min(count - row, chunk.indices.length - taken);
      arrays.copy(wait(chunk.features), taken, rows, row);
      row += rows;
      taken += rows;
      if (taken == chunk.indices.length) {
        chunks.removeFirst();
        taken = 0;
      }
    }
  }

  /** How many of the examples from an offset on are read already, or being read; -1 if others are. */
  private int known(int[] order, int offset) {
    int known = -taken;
    for (Chunk chunk : chunks) {
      int from = Math.max(0, -known);
      int at = offset + Math.max(0, known);
      int length = chunk.indices.length - from;
      if (at + length > order.length
          || !Arrays.equals(chunk.indices, from, chunk.indices.length, order, at, at + length)) {
        return -1;
      }
      known += chunk.indices.length;
    }
    return known;
  }

  private void readTo(int[] order, int from, int to) {
    int rows = Math.ceilDiv(size, THREADS);
    for (int first = from; first < to; first += rows) {
      int[] indices = Arrays.copyOfRange(order, first, Math.min(first + rows, to));
      chunks.addLast(new Chunk(indices, READERS.submit(() -> read.apply(indices))));
    }
  }

  private Features wait(Future<Features> features) {
    if (features.isDone()) {
      return result(features);
    }
    long start = System.nanoTime();
    try {
      return result(features);
    } finally {
      waitedNanos += System.nanoTime() - start;
    }
  }

  private static Features result(Future<Features> features) {
    try {
      return features.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw new IllegalStateException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for examples", e);
    }
  }

  /** Where a batch is. */
  FeatureArrays arrays() {
    return arrays;
  }

  /** Wall time in which a batch was waited for. */
  double waitSeconds() {
    return waitedNanos * 1e-9;
  }
}
