// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;

/**
 * Sums over tiles, one accumulator for each position in a tile. The loop that adds is element-wise, so compilers
 * vectorise it; and since the accumulators are doubles and what they sum are floats, the two cannot alias.
 */
final class Lanes {
  /** Sums of a chunk at most. */
  static final int SUMS = 8;

  /** Accumulators of a chunk. */
  static final int CHUNK = SUMS * ChunkLayout.TILE;

  private Lanes() {}

  static void clear(DoubleArray lanes, int base, int length) {
    for (int j = 0; j < length; j++) {
      lanes.set(base + j, 0.0);
    }
  }

  static double sum(DoubleArray lanes, int base) {
    double sum = 0.0;
    for (int j = 0; j < ChunkLayout.TILE; j++) {
      sum += lanes.get(base + j);
    }
    return sum;
  }
}
