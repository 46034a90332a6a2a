// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import java.util.Optional;

/**
 * A task of a graph.
 *
 * @param name unique in the graph, without the graph's name
 * @param phase the part of the step it belongs to
 * @param cost what it has to do, where that is known
 * @param launch how it is launched on a GPU, of products and sums in tiled kernels
 */
public record GraphTask(String name, Phase phase, Optional<Cost> cost, Optional<Launch> launch) {
  /** A task of which no more is known. */
  public GraphTask(String name, Phase phase, Optional<Cost> cost) {
    this(name, phase, cost, Optional.empty());
  }

  /** Whether it is a product in tiled kernels. */
  public boolean isTiledProduct() {
    return launch.filter(l -> l.multiplyAdds() > 0).isPresent();
  }
}
