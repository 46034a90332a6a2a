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
import java.util.concurrent.locks.LockSupport;

/**
 * Prints what the calls take, a median each, and what a sum takes on another thread while this one waits as long for something else, as
 * for a GPU; to be started under a launcher by hand.
 */
public final class CollectiveBench {
  private static final int[] TOTALS = {390_410, 5_000_000};

  private static final ExecutorService OTHER =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());

  private CollectiveBench() {}

  /** Measures. */
  public static void main(String[] args) {
    try (Collective ranks = Collectives.open(System.getenv(), Optional.empty(), Duration.ofSeconds(300))) {
      print(ranks, "six doubles", 2000, () -> ranks.allGather(new double[6]));
      for (int total : TOTALS) {
        Shares shares = Shares.of(total, ranks.size());
        MemorySegment values = Arena.ofAuto().allocate(Shares.bytes(total), 64).fill((byte) 0);
        int rounds = 100_000_000 / total;
        print(ranks, total + " floats, allGather", rounds, () -> ranks.allGather(values, shares));
        double sum = print(ranks, total + " floats, reduceScatter", rounds, () -> ranks.reduceScatter(values, shares));
        double longest = Arrays.stream(ranks.allGather(new double[] {sum})).mapToDouble(row -> row[0]).max().orElseThrow();
        Runnable device = () -> LockSupport.parkNanos((long) (1e6 * longest));
        print(ranks, "a device's computation", rounds, device);
        print(ranks, "both", rounds, () -> together(() -> ranks.reduceScatter(values, shares), device));
      }
    }
  }

  private static void together(Runnable there, Runnable here) {
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
