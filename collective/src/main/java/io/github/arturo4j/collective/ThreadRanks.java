// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** Ranks that are threads of one process, each with a device of its own, or for tests. */
public final class ThreadRanks {
  private final int size;
  private final CyclicBarrier barrier;
  private final Object[] given;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private ThreadRanks(int size) {
    this.size = size;
    barrier = new CyclicBarrier(size);
    given = new Object[size];
  }

  /**
   * Runs something on that many ranks at a time.
   *
   * @return what each of them answers, in their order
   * @throws IllegalStateException if one has failed, with what it has thrown as the cause; the others fail, too, in their next call
   * @throws InterruptedException if this thread was interrupted while it waited for them
   */
  public static <T> List<T> run(int size, Function<Collective, T> rank) throws InterruptedException {
    ThreadRanks ranks = new ThreadRanks(size);
    try (ExecutorService threads = Executors.newFixedThreadPool(size)) {
      List<Future<T>> results = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        Collective collective = ranks.new Rank(i);
        results.add(threads.submit(() -> ranks.attempt(rank, collective)));
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> result : results) {
        try {
          answers.add(result.get());
        } catch (ExecutionException e) {
          ranks.failure.compareAndSet(null, e.getCause());
        }
      }
      if (ranks.failure.get() != null) {
        throw new IllegalStateException("a rank failed: " + ranks.failure.get().getMessage(), ranks.failure.get());
      }
      return answers;
    }
  }

  private <T> T attempt(Function<Collective, T> rank, Collective collective) {
    try {
      return rank.apply(collective);
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
      breakBarrier();
      throw e;
    }
  }

  /** So that the others fail, too, those that come later included: a barrier stays broken once a thread was interrupted at it. */
  private void breakBarrier() {
    Thread.currentThread().interrupt();
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      // as it should be; the thread is not interrupted any more, or another rank has been first
    }
    Thread.interrupted();
  }

  private final class Rank implements Collective {
    private final int rank;

    private Rank(int rank) {
      this.rank = rank;
    }

    /** What all ranks have given, in their order. */
    @SuppressWarnings("unchecked")
    private <T> List<T> exchange(T mine) {
      given[rank] = mine;
      await();
      List<T> all = (List<T>) Arrays.asList(given.clone()); // one may be null
      await();
      return all;
    }

    private void await() {
      if (failure.get() != null) {
        throw new IllegalStateException("another rank has failed");
      }
      try {
        barrier.await();
      } catch (BrokenBarrierException e) {
        throw new IllegalStateException("another rank has failed", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }

    @Override
    public int rank() {
      return rank;
    }

    @Override
    public int localRank() {
      return rank;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public void reduceScatter(MemorySegment values, Shares shares, int from, int to) {
      shares.require(values, size, from, to);
      List<float[]> all = exchange(values.toArray(ValueLayout.JAVA_FLOAT));
      for (int i = from; i < to; i++) {
        float sum = Float.NaN; // undefined but in the own share
        if (i >= shares.first(rank) && i < shares.first(rank + 1)) {
          sum = all.getFirst()[i];
          for (float[] one : all.subList(1, size)) {
            sum += one[i];
          }
        }
        values.setAtIndex(ValueLayout.JAVA_FLOAT, i, sum);
      }
    }

    @Override
    public void allGather(MemorySegment values, Shares shares) {
      shares.require(values, size);
      List<float[]> all = exchange(values.toArray(ValueLayout.JAVA_FLOAT));
      for (int r = 0; r < size; r++) {
        for (int i = shares.first(r); i < shares.first(r + 1); i++) {
          values.setAtIndex(ValueLayout.JAVA_FLOAT, i, all.get(r)[i]);
        }
      }
    }

    @Override
    public double[][] allGather(double[] values) {
      return exchange(values.clone()).stream().map(double[]::clone).toArray(double[][]::new);
    }

    @Override
    public byte[] broadcast(byte[] bytes) {
      return exchange(rank == 0 ? bytes : new byte[0]).getFirst();
    }

    @Override
    public boolean anyThread() {
      return true;
    }

    @Override
    public void abort(int exitCode) {
      throw new IllegalStateException("aborted with " + exitCode);
    }

    @Override
    public void close() {}
  }
}
