// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {
  private int calls;

  private double[] next() {
    calls++;
    return new double[] {calls, 100 - calls};
  }

  @Test
  void quartilesStandOnBothSidesOfTheMedian() {
    assertThat(Times.of(7, 1, 3, 5, 2, 6, 4)).isEqualTo(new Times(4, 2, 6, 7));
    assertThat(Times.of(2, 1)).isEqualTo(new Times(2, 1, 2, 2));
    assertThat(Times.of(3)).isEqualTo(new Times(3, 3, 3, 1));
    assertThat(Times.of(4).orFaster(Times.of(3))).isEqualTo(Times.of(3));
    assertThat(Times.of(0.5).billions(1e9)).isEqualTo(2);
  }

  @Test
  void theWarmUpDoesNotCount() {
    List<Times> times = Timing.collect(new Effort(0, 3, 5, 5, 0), this::next);
    assertThat(times).containsExactly(new Times(6, 5, 7, 5), new Times(94, 93, 95, 5));
    assertThat(calls).isEqualTo(8);
  }

  @Test
  void whereThereIsNoTimeOneCallCounts() {
    assertThat(Timing.collect(Effort.within(0), this::next).getFirst()).isEqualTo(new Times(2, 2, 2, 1));
    calls = 0;
    assertThat(Timing.collect(new Effort(0, 0, 1, 4, 1000), this::next).getFirst().runs()).isEqualTo(4);
  }

  @Test
  void pytorchIsAskedForLessWhereTimeIsShort() {
    assertThat(Effort.runs(21).peerRuns(15)).isEqualTo(15);
    assertThat(Effort.within(3).peerRuns(15)).isEqualTo(5);
  }
}
