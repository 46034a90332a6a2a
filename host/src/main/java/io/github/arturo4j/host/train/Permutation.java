// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import java.util.SplittableRandom;

/** The order of the training images in an epoch: a shuffle that depends on the seed and the epoch alone. */
final class Permutation {
  private static final long EPOCH_STEP = 0x9E37_79B9_7F4A_7C15L;

  private Permutation() {}

  /** The indices 0..n−1 in the order of that epoch (Fisher and Yates). */
  static int[] of(int n, long seed, int epoch) {
    SplittableRandom random = new SplittableRandom(seed ^ epoch * EPOCH_STEP);
    int[] indices = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      indices[i] = indices[j];
      indices[j] = i;
    }
    return indices;
  }
}
