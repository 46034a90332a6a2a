// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochShuffleTest {
  private static final int N = 10_000;

  @Test
  void everyImageComesOnce() {
    int[] sorted = EpochShuffle.of(N, 42, 3);
    Arrays.sort(sorted);
    assertThat(sorted).isEqualTo(IntStream.range(0, N).toArray());
  }

  @Test
  void seedAndEpochDecide() {
    assertThat(EpochShuffle.of(N, 42, 3)).isEqualTo(EpochShuffle.of(N, 42, 3));
    assertThat(EpochShuffle.of(N, 42, 3)).isNotEqualTo(EpochShuffle.of(N, 43, 3));
  }

  @Test
  void anEpochSaysNothingOfTheNext() {
    for (long seed = 0; seed < 5; seed++) {
      for (int epoch = 1; epoch < 5; epoch++) {
        int[] one = EpochShuffle.of(N, seed, epoch);
        int[] next = EpochShuffle.of(N, seed, epoch + 1);
        double sum = 0;
        int fixed = 0;
        for (int i = 0; i < N; i++) {
          sum += (one[i] - N / 2.0) * (next[i] - N / 2.0);
          fixed += one[i] == next[i] ? 1 : 0;
        }
        double correlation = sum / (N * (double) N * N / 12);
        assertThat(correlation).isBetween(-0.05, 0.05); // five standard deviations
        assertThat(fixed).isLessThan(10); // Poisson with mean 1
      }
    }
  }
}
