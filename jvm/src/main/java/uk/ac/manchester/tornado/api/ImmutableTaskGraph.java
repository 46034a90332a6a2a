// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

import io.github.arturo4j.jvm.Graph;

/** A graph that does not change any more, ready for an execution plan. */
public class ImmutableTaskGraph {
  private final Graph graph;

  ImmutableTaskGraph(Graph graph) {
    this.graph = graph;
  }

  Graph graph() {
    return graph;
  }
}
