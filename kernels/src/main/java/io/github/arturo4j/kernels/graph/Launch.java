// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

/**
 * How a task that sums is launched on a GPU, and what a thread of it does: its work-groups walk through the terms of their sums tile
 * after tile. What a model needs to know of a kernel beside its {@link Cost}.
 *
 * @param groups work-groups
 * @param threads of a group
 * @param down results of a thread in a column, for each of which it multiplies and adds once a term; 0 where nothing is multiplied
 * @param across results of a thread in a row
 * @param terms of a tile
 * @param tiles that a group walks through
 * @param ahead whether the next tile is loaded while this one is summed
 * @param localLoads instructions of a thread and tile that load from local memory
 * @param otherInstructions instructions of a thread and tile beside those and multiply-adds: loads from memory and where from, stores to
 *     local memory, barriers
 * @param registers of a thread
 * @param localBytes local memory of a group
 */
public record Launch(
    int groups, int threads, int down, int across, int terms, int tiles, boolean ahead, int localLoads, int otherInstructions,
    int registers, int localBytes) {
  /** Multiply-adds of a thread and tile, those of terms and results outside the product with them. */
  public int multiplyAdds() {
    return down * across * terms;
  }

  /** Bytes of a thread and tile that come from local memory, and go there. */
  public int localTraffic() {
    return down * across == 0 ? 0 : (down + across) * (terms + 1) * Float.BYTES;
  }
}
