// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import java.util.SplittableRandom;

/** The order of the training images in an epoch: a shuffle that depends on the seed and the epoch alone. */
final class EpochShuffle {
  private EpochShuffle() {}

  /** The indices 0..n−1 in the order of that epoch, counted from 1 (Fisher and Yates). */
  static int[] of(int n, long seed, int epoch) {
    SplittableRandom root = new SplittableRandom(seed);
    SplittableRandom random = root.split();
    for (int e = 1; e < epoch; e++) {
      random = root.split();
    }
    int[] indices = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      indices[i] = indices[j];
      indices[j] = i;
    }
    return indices;
  }
}
