// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.BatchControl;

/** The way forward through a network's stages, one behind the other. */
public final class ForwardPass {
  private final KernelGraph graph;
  private final NetworkArrays arrays;
  private final KernelGraph once;
  private final boolean dropout;
  private int streams;

  private ForwardPass(KernelGraph graph, NetworkArrays arrays, KernelGraph once, boolean dropout) {
    this.graph = graph;
    this.arrays = arrays;
    this.once = once;
    this.dropout = dropout;
  }

  /** A pass of a training: with dropout and the batch's statistics. */
  public static ForwardPass training(KernelGraph graph, NetworkArrays arrays) {
    return new ForwardPass(graph, arrays, null, true);
  }

  /**
   * A pass of an evaluation: without dropout, with the running statistics.
   *
   * @param once the section before it, which is executed once an evaluation
   */
  public static ForwardPass evaluation(KernelGraph graph, NetworkArrays arrays, KernelGraph once) {
    return evaluation(graph, arrays, once, false);
  }

  /** The same, with or without dropout. */
  public static ForwardPass evaluation(KernelGraph graph, NetworkArrays arrays, KernelGraph once, boolean dropout) {
    return new ForwardPass(graph, arrays, once, dropout);
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
    return once == null;
  }

  /** Whether values, weights of attention or blocks are dropped, as in a training. */
  public boolean dropout() {
    return dropout;
  }

  /** Of an evaluation, the section of what is the same for all its batches; null in a training. */
  public KernelGraph once() {
    return once;
  }

  /** Where in {@link BatchControl#array} the key words of one more stream of random numbers are. */
  public int randomKey() {
    return BatchControl.key(streams++);
  }
}
