// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Prints what the calls take, a median each; to be started under a launcher by hand. */
public final class CollectiveBench {
  private static final int[] TOTALS = {390_410, 5_000_000};

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
          print(ranks, total + " floats, allGather", rounds, () -> ranks.allGather(values, shares));
        }
      }
    }
  }

  private static void print(Collective ranks, String what, int rounds, Runnable call) {
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
  }
}
