// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32;

/** What holds of every {@link Collective}. All ranks go through it together; it needs no test library, so that any process can. */
final class CollectiveContract {
  private static final int[] TOTALS = {0, 1, 4, 13, 207, 4098, 390_410};
  private static final int[] BLOCKS = {1, 1024};

  private final Collective ranks;
  private final int rank;
  private final int size;
  private final List<String> failures = new ArrayList<>();

  CollectiveContract(Collective ranks) {
    this.ranks = ranks;
    rank = ranks.rank();
    size = ranks.size();
  }

  /** What does not hold; a line each. */
  List<String> failures() {
    numbers();
    for (int total : TOTALS) {
      for (int block : BLOCKS) {
        Shares shares = new Shares(total, size, block);
        sums(shares);
        gathers(shares);
      }
    }
    broadcasts();
    refusals();
    threads();
    meters();
    signals();
    return failures;
  }

  private void expect(boolean holds, String what) {
    if (!holds) {
      failures.add("rank " + rank + " of " + size + ": " + what);
    }
  }

  private void numbers() {
    expect(ranks.isFirst() == (rank == 0), "isFirst");
    expect(ranks.localRank() == rank, "localRank " + ranks.localRank() + " of all on one machine");
    for (int count : new int[] {0, 1, 6, 10_000}) {
      double[] mine = new double[count];
      Arrays.setAll(mine, i -> number(rank, i));
      double[][] all = ranks.allGather(mine);
      double[] sums = new double[count];
      for (int other = 0; other < size; other++) {
        int from = other;
        Arrays.setAll(sums, i -> sums[i] + number(from, i));
        double[] row = new double[count];
        Arrays.setAll(row, i -> number(from, i));
        expect(Arrays.equals(all[other], row), "row " + other + " of " + count + " numbers");
      }
      expect(all.length == size, "rows of " + count + " numbers");
      expect(Arrays.equals(ranks.sum(mine), sums), "sums of " + count + " numbers in the ranks' order");
    }
    expect(!ranks.any(false), "any of none");
    expect(ranks.any(rank == size - 1), "any of the last");
    expect(ranks.any(true), "any of all");
    ranks.barrier();
  }

  private static double number(int rank, int i) {
    return Math.sin(1 + i + 0.1 * rank) * Math.pow(10, i % 30 - rank);
  }

  private static float value(int rank, int i) {
    return (float) (Math.sin(i * 0.37 + rank) * Math.exp(i % 23 - 11));
  }

  private static MemorySegment values(Arena arena, int total, int rank) {
    MemorySegment values = arena.allocate(Shares.bytes(total) + Float.BYTES, Float.BYTES).asSlice(0, Shares.bytes(total));
    for (int i = 0; i < total; i++) {
      values.setAtIndex(ValueLayout.JAVA_FLOAT, i, value(rank, i));
    }
    return values;
  }

  private void sums(Shares shares) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment scattered = values(arena, shares.total(), rank);
      ranks.reduceScatter(scattered, shares);
      expectSums(scattered, shares.first(rank), shares.first(rank + 1), "reduceScatter of " + shares);
      MemorySegment divided = values(arena, shares.total(), rank);
      int third = shares.total() / 3;
      ranks.reduceScatter(divided, shares, third, shares.total());
      ranks.reduceScatter(divided, shares, 0, third);
      expectSums(divided, shares.first(rank), shares.first(rank + 1), "reduceScatter in two parts of " + shares);
      ranks.allGather(scattered, shares);
      MemorySegment summed = values(arena, shares.total(), rank);
      ranks.sum(summed, shares);
      expectSums(summed, 0, shares.total(), "sum of " + shares);
      expect(summed.mismatch(scattered) == -1, "the same sums twice of " + shares);
      expectSame(summed, "sums of " + shares);
    }
  }

  private void expectSums(MemorySegment values, int first, int end, String what) {
    for (int i = first; i < end; i++) {
      float sum = value(0, i);
      for (int other = 1; other < size; other++) {
        sum += value(other, i);
      }
      float actual = values.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      if (actual != sum) {
        expect(false, what + ": value " + i + " is " + actual + ", not " + sum);
        return;
      }
    }
  }

  /** That an array is the same to the bit on all ranks. */
  private void expectSame(MemorySegment values, String what) {
    CRC32 crc = new CRC32();
    crc.update(values.asByteBuffer());
    for (double[] row : ranks.allGather(new double[] {crc.getValue()})) {
      expect(row[0] == crc.getValue(), what + " are not the same on all ranks");
    }
  }

  private void gathers(Shares shares) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(Shares.bytes(shares.total()) + Float.BYTES, Float.BYTES);
      MemorySegment array = values.asSlice(0, Shares.bytes(shares.total()));
      for (int i = 0; i <= shares.total(); i++) {
        boolean mine = i >= shares.first(rank) && i < shares.first(rank + 1);
        values.setAtIndex(ValueLayout.JAVA_FLOAT, i, mine ? value(rank, i) : Float.NaN);
      }
      ranks.allGather(rank == 0 ? array : values, shares); // a longer one does as well
      for (int other = 0; other < size; other++) {
        for (int i = shares.first(other); i < shares.first(other + 1); i++) {
          if (values.getAtIndex(ValueLayout.JAVA_FLOAT, i) != value(other, i)) {
            expect(false, "allGather of " + shares + ": value " + i);
            return;
          }
        }
      }
      expect(Float.isNaN(values.getAtIndex(ValueLayout.JAVA_FLOAT, shares.total())), "allGather writes behind " + shares);
    }
  }

  private void broadcasts() {
    expect(ranks.broadcast(null) == null, "broadcast of null");
    for (int count : new int[] {0, 1, 5_000_000}) {
      byte[] bytes = new byte[count];
      for (int i = 0; i < count; i++) {
        bytes[i] = (byte) (i * 31 + i / 977);
      }
      byte[] others = count == 1 ? new byte[3] : null;
      expect(Arrays.equals(ranks.broadcast(rank == 0 ? bytes.clone() : others), bytes), "broadcast of " + count + " bytes");
    }
  }

  private void refusals() {
    try (Arena arena = Arena.ofConfined()) {
      Shares four = Shares.of(4, size);
      MemorySegment values = arena.allocate(16, 4);
      expectRefused(values.asSlice(4), four);
      expectRefused(MemorySegment.NULL, four);
      expectRefused(MemorySegment.NULL.reinterpret(16), four);
      expectRefused(MemorySegment.ofArray(new float[4]), four);
      expectRefused(values, Shares.of(4, size + 1));
      for (int[] range : new int[][] {{-1, 4}, {0, 5}, {3, 2}}) {
        Throwable refused = failureOf(() -> ranks.reduceScatter(values, four, range[0], range[1]));
        expect(refused instanceof IndexOutOfBoundsException, "from " + range[0] + " to " + range[1] + ": " + refused);
      }
    }
    if (ranks instanceof Mpi) {
      expect(failureOf(() -> new Mpi(null, null, null)) instanceof IllegalStateException, "a second opening");
    }
    ranks.barrier();
  }

  /** Calls of another thread: all ranks make one, beside which the last tries another. */
  private void threads() {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    boolean late = size > 1 && rank < size - 1;
    Thread other = Thread.ofPlatform().start(() -> failure.set(failureOf(() -> {
      if (late) {
        sleep();
        sleep();
      }
      ranks.barrier();
    })));
    if (ranks instanceof Mpi && ranks.anyThread() && size > 1 && !late) {
      sleep();
      Throwable second = failureOf(ranks::barrier);
      expect(second instanceof IllegalStateException, "a call while another one is not over: " + second);
    }
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    boolean right = ranks.anyThread() ? failure.get() == null : failure.get() instanceof IllegalStateException;
    expect(right, "a call from another thread: " + failure.get());
    ranks.barrier();
  }

  private static void sleep() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void expectRefused(MemorySegment values, Shares shares) {
    Throwable scatter = failureOf(() -> ranks.reduceScatter(values, shares));
    Throwable gather = failureOf(() -> ranks.allGather(values, shares));
    boolean refused = scatter instanceof IllegalArgumentException && gather instanceof IllegalArgumentException;
    expect(refused, values + " as " + shares + ": " + scatter + ", " + gather);
  }

  private static Throwable failureOf(Runnable call) {
    try {
      call.run();
      return null;
    } catch (RuntimeException e) {
      return e;
    }
  }

  private void meters() {
    try (Arena arena = Arena.ofConfined()) {
      Shares shares = Shares.of(1001, size);
      CollectiveMeters before = ranks.meters();
      ranks.sum(values(arena, 1001, rank), shares);
      CollectiveMeters after = ranks.meters();
      if (ranks instanceof Mpi) {
        expect(after.calls() == before.calls() + 2, "calls are counted");
        expect(after.bytes() - before.bytes() == 2 * Shares.bytes(1001 - shares.count(rank)), "bytes are counted");
        expect(after.seconds() > before.seconds() && after.seconds() < 1000, "seconds are counted: " + after);
      } else {
        expect(after.equals(CollectiveMeters.NONE), "a process alone spends nothing");
      }
    }
  }

  /** What Java does by signals, which native libraries like to take for themselves: null where it was never seen, a full stack. */
  private void signals() {
    int caught = 0;
    for (int i = 0; i < 200_000; i++) {
      caught += length(i % 20_000 == 19_999 ? null : "text") < 0 ? 1 : 0;
    }
    expect(caught == 10, "null is found by its signal: " + caught);
    expect(depth(0) > 100, "a full stack is found by its signal");
  }

  private static int length(String text) {
    try {
      return text.length();
    } catch (NullPointerException e) {
      return -1;
    }
  }

  private static int depth(int above) {
    try {
      return depth(above + 1);
    } catch (StackOverflowError e) {
      return above;
    }
  }
}
