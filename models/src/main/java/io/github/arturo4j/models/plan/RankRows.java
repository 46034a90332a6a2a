// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Shares;
import java.util.Arrays;

/**
 * A rank's examples of a step.
 *
 * @param order the examples of an epoch, or this rank's alone of a step and of those that follow it
 * @param offset where the step's begin
 * @param first the row of the batch that its first one is
 * @param count how many there are; of a last, small batch there may be none
 */
record RankRows(int[] order, int offset, int first, int count) {
  /** Steps whose examples are known ahead, so that they may be read meanwhile. */
  private static final int AHEAD = 3;

  /**
   * Those of a step.
   *
   * @param indices examples of an epoch, one batch behind the other
   * @param offset where the batch begins
   * @param count its examples
   * @param full examples of a full batch, as those that follow are taken to be
   * @param streamed whether features are read ahead, in the order that is given here
   */
  static RankRows of(Collective ranks, int[] indices, int offset, int count, int full, boolean streamed) {
    Shares shares = Shares.of(count, ranks.size());
    int first = shares.first(ranks.rank());
    int own = shares.count(ranks.rank());
    if (ranks.size() == 1 || !streamed) {
      return new RankRows(indices, offset + first, first, own);
    }
    int[] order = Arrays.copyOf(Arrays.copyOfRange(indices, offset + first, offset + first + own), own + AHEAD * full);
    int length = own;
    for (int begin = offset + count; begin < indices.length && begin < offset + count + AHEAD * full; begin += full) {
      Shares next = Shares.of(Math.min(full, indices.length - begin), ranks.size());
      System.arraycopy(indices, begin + next.first(ranks.rank()), order, length, next.count(ranks.rank()));
      length += next.count(ranks.rank());
    }
    if (length == 0) { // of none, any is read
      return new RankRows(indices, offset, first, 0);
    }
    return new RankRows(Arrays.copyOf(order, length), 0, first, own);
  }
}
