// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

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

  /** Where the share of a rank begins; where the last one's ends, for the rank behind it. */
  public int first(int rank) {
    long blocks = Math.ceilDiv(total, block);
    return (int) Math.min(total, blocks * rank / ranks * block);
  }

  /** Values of a rank's share. */
  public int count(int rank) {
    return first(rank + 1) - first(rank);
  }
}
