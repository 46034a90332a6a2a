// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.WorkerGrid;

class LoopGridTest {
  @ParameterizedTest
  @CsvSource({"1,1", "16000,13", "208000,13", "81600,5", "255,784", "500,3072", "3,100000", "48000,32", "1,63", "7,65",
      "20000000,1", "2000000000,64"})
  void hasWholeGroupsThatCoverARowAndThatCudaAllows(int rows, int columns) {
    WorkerGrid grid = LoopGrid.of(rows, columns);
    long[] local = grid.getLocalWork();
    long[] global = grid.getGlobalWork();
    assertThat(local[0] * local[1]).isEqualTo(256);
    assertThat(global[0] % local[0]).isZero();
    assertThat(global[1] % local[1]).isZero();
    assertThat(global[0]).isGreaterThanOrEqualTo(columns).isLessThan(columns + local[0]);
    assertThat(global[1] / local[1]).isBetween(1L, 65_535L);
    assertThat(global[1]).isLessThan(rows + local[1]);
    if (global[1] / local[1] < 65_535) {
      assertThat(global[1]).isGreaterThanOrEqualTo(rows);
    }
  }
}
