// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * How an array is divided among the ranks: contiguous parts in the ranks' order, made of whole blocks, whose numbers differ by one
 * at most. With more ranks than blocks, some have none.
 *
 * @param total values of the array
 * @param ranks how many share it
 * @param block values that stay together; the last block may be shorter
 */
public record Shares(int total, int ranks, int block) {
  /** Checks the values. */
  public Shares {
    if (total < 0 || ranks < 1 || block < 1) {
      throw new IllegalArgumentException(total + " values in blocks of " + block + " for " + ranks + " ranks");
    }
  }

  /** Shares of single values. */
  public static Shares of(int total, int ranks) {
    return new Shares(total, ranks, 1);
  }

  /** Refuses an array that these are no shares of, or that native code cannot be given. */
  void require(MemorySegment values, int size) {
    if (ranks != size) {
      throw new IllegalArgumentException("shares of " + ranks + " ranks, where there are " + size);
    }
    if (!values.isNative() || values.address() == 0 || values.byteSize() < bytes(total)) {
      throw new IllegalArgumentException("at least " + total + " floats outside of Java's heap are needed, not " + values);
    }
  }

  /** The same, and values that are not among them. */
  void require(MemorySegment values, int size, int from, int to) {
    require(values, size);
    Objects.checkFromToIndex(from, to, total);
  }

  /** The size of so many values. */
  static long bytes(int values) {
    return (long) values * Float.BYTES;
  }

  /** Where the share of a rank begins; where the last one's ends, for the rank behind it. */
  public int first(int rank) {
    long blocks = Math.ceilDiv(total, block);
    return (int) Math.min(total, blocks * rank / ranks * block);
  }

  /** Values of a rank's share. */
  public int count(int rank) {
    return first(rank + 1) - first(rank);
  }

  /** Where the values of a rank's share that are among some begin; where they end, for the rank behind it. */
  int first(int rank, int from, int to) {
    return Math.clamp(first(rank), from, to);
  }
}
