// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadRanksTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void keepTheContract(int size) throws InterruptedException {
    assertThat(ThreadRanks.run(size, rank -> new CollectiveContract(rank).failures()))
        .hasSize(size)
        .allSatisfy(failures -> assertThat(failures).isEmpty());
  }

  @Test
  void oneThatFailsEndsTheOthers() {
    assertThatThrownBy(() -> ThreadRanks.run(3, ThreadRanksTest::failAsOne))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a rank failed: thrown by rank 1");
  }

  private static boolean failAsOne(Collective rank) {
    if (rank.rank() == 1) {
      throw new IllegalArgumentException("thrown by rank 1");
    }
    rank.barrier();
    return true;
  }
}
