// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prints what the calls take, a median each, and what a gather takes beside a computation of the same length on another thread; to be
 * started under a launcher by hand.
 */
public final class CollectiveBench {
  private static final int[] TOTALS = {390_410, 5_000_000};

  private static final ExecutorService OTHER =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

  private static volatile double computed;

  private CollectiveBench() {}

  /** Measures. */
  public static void main(String[] args) {
    try (Collective ranks = Collectives.open(System.getenv(), Optional.empty(), Duration.ofSeconds(300))) {
      print(ranks, "six doubles", 2000, () -> ranks.allGather(new double[6]));
      for (int total : TOTALS) {
        try (Arena arena = Arena.ofConfined()) {
          Shares shares = Shares.of(total, ranks.size());
          MemorySegment values = arena.allocate(Shares.bytes(total), 64).fill((byte) 0);
          int rounds = 100_000_000 / total;
          print(ranks, total + " floats, reduceScatter", rounds, () -> ranks.reduceScatter(values, shares));
          double gather = print(ranks, total + " floats, allGather", rounds, () -> ranks.allGather(values, shares));
          int steps = (int) (1_000_000 * gather / millis(() -> compute(1_000_000)));
          print(ranks, "a computation", rounds, () -> compute(steps));
          print(ranks, "both", rounds, () -> together(() -> ranks.allGather(values, shares), () -> compute(steps)));
        }
      }
    }
  }

  /** Nothing that needs memory. */
  private static void compute(int steps) {
    double x = computed;
    for (int i = 0; i < steps; i++) {
      x = x * 0.999 + 1;
    }
    computed = x;
  }

  private static double millis(Runnable call) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 50; i++) {
      long start = System.nanoTime();
      call.run();
      least = Math.min(least, (System.nanoTime() - start) * 1e-6);
    }
    return least;
  }

  private static void together(Runnable here, Runnable there) {
    Future<?> other = OTHER.submit(there);
    here.run();
    try {
      other.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The median in milliseconds. */
  private static double print(Collective ranks, String what, int rounds, Runnable call) {
    double[] millis = new double[rounds];
    for (int i = -rounds / 4; i < rounds; i++) { // the first ones warm up
      ranks.barrier();
      long start = System.nanoTime();
      call.run();
      millis[Math.max(i, 0)] = (System.nanoTime() - start) * 1e-6;
    }
    Arrays.sort(millis);
    if (ranks.isFirst()) {
      System.out.printf(Locale.ROOT, "%s: %s: %.4f ms%n", ranks, what, millis[rounds / 2]);
    }
    return millis[rounds / 2];
  }
}
