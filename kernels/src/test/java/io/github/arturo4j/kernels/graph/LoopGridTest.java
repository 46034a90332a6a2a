// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.WorkerGrid;

class LoopGridTest {
  private static final long[] MAX_THREADS = {64, 256, 64};
  private static final long MAX_GROUPS = 65_535;

  @ParameterizedTest
  @CsvSource({"1,1,1", "16000,13,13", "16000,5,5", "1,255,784", "1,500,3072", "1,3,100000", "1,48000,32", "7,1,63",
      "1,7,65", "128000,1,1", "1,20000000,1", "2000000000,64,64", "300,3,2"})
  void hasWholeGroupsThatCoverTheLoopsAndThatCudaAllows(int planes, int rows, int columns) {
    WorkerGrid grid = LoopGrid.of(planes, rows, columns);
    long[] local = grid.getLocalWork();
    long[] global = grid.getGlobalWork();
    int[] steps = {columns, rows, planes};
    assertThat(local[0] * local[1] * local[2]).isLessThanOrEqualTo(256);
    for (int d = 0; d < 3; d++) {
      assertThat(local[d]).isBetween(1L, MAX_THREADS[d]);
      assertThat(global[d] % local[d]).isZero();
      assertThat(global[d] / local[d]).isBetween(1L, MAX_GROUPS);
      assertThat(global[d]).isLessThan(steps[d] + local[d]);
      if (global[d] / local[d] < MAX_GROUPS) {
        assertThat(global[d]).isGreaterThanOrEqualTo(steps[d]);
      }
    }
  }

  @Test
  void fillsAGroupWithWhatThereIs() {
    assertThat(LoopGrid.of(1, 255, 784).getLocalWork()).containsExactly(64, 4, 1);
    assertThat(LoopGrid.of(16000, 13, 13).getLocalWork()).containsExactly(16, 16, 1);
    assertThat(LoopGrid.of(16000, 5, 5).getLocalWork()).containsExactly(8, 8, 4);
    assertThat(LoopGrid.of(16000, 1, 1).getLocalWork()).containsExactly(1, 1, 64);
  }
}
