// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SharesTest {
  @Property
  void sharesFollowEachOtherAndAreOfWholeBlocks(
      @ForAll @IntRange(max = Integer.MAX_VALUE) int total, @ForAll @IntRange(min = 1, max = 999) int ranks,
      @ForAll @IntRange(min = 1, max = 4096) int block) {
    Shares shares = new Shares(total, ranks, block);
    int least = Integer.MAX_VALUE;
    int most = 0;
    assertThat(shares.first(0)).isZero();
    assertThat(shares.first(ranks)).isEqualTo(total);
    for (int rank = 0; rank < ranks; rank++) {
      assertThat(shares.first(rank) == total || shares.first(rank) % block == 0).isTrue();
      assertThat(shares.count(rank)).isNotNegative();
      least = Math.min(least, Math.ceilDiv(shares.count(rank), block));
      most = Math.max(most, Math.ceilDiv(shares.count(rank), block));
    }
    assertThat(most - least).isBetween(0, 1);
  }

  @Test
  void moreRanksThanBlocksLeaveSomeWithNothing() {
    Shares shares = new Shares(5, 4, 4);
    assertThat(new int[] {shares.count(0), shares.count(1), shares.count(2), shares.count(3)}).containsExactly(0, 4, 0, 1);
  }

  @Test
  void thereIsAtLeastOneRank() {
    assertThatThrownBy(() -> Shares.of(3, 0)).hasMessageContaining("0 ranks");
  }
}
