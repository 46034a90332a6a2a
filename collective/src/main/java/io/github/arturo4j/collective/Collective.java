// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.lang.foreign.MemorySegment;

/**
 * The processes (ranks) of one training, and what they do together. Every rank makes the same calls in the same order, one at a time
 * (from one thread, unless they {@linkplain #anyThread know better}); each call waits for the others. What a call answers is the same
 * to the bit on all ranks, unless it says otherwise: they never compute the same sum each for itself, since MPI does not promise that
 * such sums are equal.
 */
public interface Collective extends AutoCloseable {
  /** The number of this process, from 0 on. */
  int rank();

  /** How many there are. */
  int size();

  /** The number of this process among those of its machine, from 0 on: which of the machine's devices is its own. */
  int localRank();

  /** Whether this is the process that writes, prints and serves. */
  default boolean isFirst() {
    return rank() == 0;
  }

  /**
   * Adds up arrays of floats over all ranks, in the order of the ranks, each of which gets the sum of its own share; the rest of its
   * array is undefined then.
   *
   * @param values of this rank, at least {@link Shares#total} floats, outside of Java's heap
   */
  default void reduceScatter(MemorySegment values, Shares shares) {
    reduceScatter(values, shares, 0, shares.total());
  }

  /**
   * The same of some of the values, those of all shares that are among them.
   *
   * @param from the first of them
   * @param to the one behind the last
   */
  void reduceScatter(MemorySegment values, Shares shares, int from, int to);

  /**
   * Gives every rank the shares of all others.
   *
   * @param values at least {@link Shares#total} floats, outside of Java's heap, of which this rank's share is set
   */
  void allGather(MemorySegment values, Shares shares);

  /** The sums of arrays of floats over all ranks, added in the order of the ranks, in place, the same on all. */
  default void sum(MemorySegment values, Shares shares) {
    reduceScatter(values, shares);
    allGather(values, shares);
  }

  /**
   * A few numbers of each rank.
   *
   * @param values as many on each rank
   * @return the numbers of rank r in row r
   */
  double[][] allGather(double[] values);

  /** The sums of a few numbers over all ranks, added in the order of the ranks. */
  default double[] sum(double[] values) {
    double[] sums = new double[values.length];
    for (double[] row : allGather(values)) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += row[i];
      }
    }
    return sums;
  }

  /** Whether any rank says so. */
  default boolean any(boolean here) {
    return sum(new double[] {here ? 1 : 0})[0] > 0;
  }

  /** Whether rank 0 says so, whatever the others do. */
  default boolean first(boolean here) {
    return allGather(new double[] {here ? 1 : 0})[0][0] > 0;
  }

  /**
   * What rank 0 has, for all.
   *
   * @param bytes of rank 0; on others it is not looked at, and may be null
   */
  byte[] broadcast(byte[] bytes);

  /** Waits until all ranks are here. */
  default void barrier() {
    any(false);
  }

  /** Whether any thread may make calls, still one at a time. */
  boolean anyThread();

  /** Whether the next calls of this rank may take as long as they want, as where it waits for work; not so at first. */
  default void patient(boolean on) {}

  /**
   * Ends all ranks at once, this one with that exit code; it does not return. For failures that the others cannot know of. Any
   * thread may call it.
   */
  void abort(int exitCode);

  /** What the calls have cost this rank so far; any thread may ask. */
  default CollectiveMeters meters() {
    return CollectiveMeters.NONE;
  }

  /**
   * Ends what they do together; all ranks have to call it, at their end, and each waits for the others. So a rank that fails
   * calls {@link #abort} and not this. A process that exits without either aborts all ranks with exit code 1.
   */
  @Override
  void close();
}
