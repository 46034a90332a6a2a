// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.BatchControl;

/** The way forward through a network's stages, one behind the other. */
public final class ForwardPass {
  private final KernelGraph graph;
  private final NetworkArrays arrays;
  private final boolean training;
  private int streams;

  /**
   * A pass.
   *
   * @param training with dropout and the batch's statistics, or without
   */
  public ForwardPass(KernelGraph graph, NetworkArrays arrays, boolean training) {
    this.graph = graph;
    this.arrays = arrays;
    this.training = training;
  }

  /** The graph that tasks are added to. */
  public KernelGraph graph() {
    return graph;
  }

  /** What the stages share. */
  public NetworkArrays arrays() {
    return arrays;
  }

  /** Whether it is a training's. */
  public boolean training() {
    return training;
  }

  /** Where in {@link BatchControl#array} the key words of one more stream of random numbers are. */
  public int randomKey() {
    return BatchControl.key(streams++);
  }
}
