// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

/**
 * How n parameters are cut for sums: contiguous chunks, one parallel iteration each, walked tile by tile so that what
 * one loop over a tile leaves in the cache the next one finds there. The cut depends on n alone, so sums do not depend
 * on the number of threads.
 *
 * @param n parameters
 * @param chunks parallel iterations
 * @param chunk parameters of a chunk, a multiple of {@link #TILE}
 */
record ChunkLayout(int n, int chunks, int chunk) {
  /** Parameters of a tile; the sums of a tile's lanes stay in the cache. */
  static final int TILE = 512;

  private static final int MIN_CHUNK = 8 * 1024;
  private static final int MAX_CHUNKS = 256;

  static ChunkLayout of(int n) {
    int chunks = Math.clamp(n / MIN_CHUNK, 1, MAX_CHUNKS);
    int chunk = Math.ceilDiv(Math.ceilDiv(n, chunks), TILE) * TILE;
    return new ChunkLayout(n, Math.ceilDiv(n, chunk), chunk);
  }

  /** Whole chunks of these, but that the last one may be the last of all. */
  ChunkLayout share(int parameters) {
    return new ChunkLayout(parameters, Math.ceilDiv(parameters, chunk), chunk);
  }
}
