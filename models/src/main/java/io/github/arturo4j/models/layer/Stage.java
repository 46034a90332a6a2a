// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.List;
import java.util.Optional;

/**
 * What runs as a unit: what a layer computes, and perhaps those behind it, with which it is fused. The stages of a network
 * are in an order in which each comes behind those whose values it takes.
 */
public interface Stage {
  /** Unique in the network; tasks are named after it. */
  String name();

  /** The values it takes. */
  List<Value> inputs();

  /** The value it puts out. */
  Value output();

  /** The tensors whose gradients its tasks compute; with any, it wants a gradient whatever it takes. */
  default List<ParameterSpec> parameters() {
    return List.of();
  }

  /** Multiplications, each with an addition, of the products and convolutions of one example, forward. */
  default long multiplyAdds() {
    return 0;
  }

  /** Streams of random numbers that it draws from while training. */
  default int randomStreams() {
    return 0;
  }

  /** Values that a stream draws for an example. */
  default int randomValues() {
    return output().shape().size();
  }

  /**
   * The same stage, but that it adds the gradient of a tensor to what a stage behind it, which shares the tensor, has written;
   * nothing if the tensor is not its, or it does not know how.
   */
  default Optional<Stage> adding(ParameterSpec tensor) {
    return Optional.empty();
  }

  /**
   * A stage that does what this one does, and then what the next one does, which alone takes its value; nothing if it does
   * not know how, and then the two run one behind the other.
   */
  default Optional<Stage> fuse(Stage next) {
    return Optional.empty();
  }

  /** Its arrays and tasks for a size of batch. */
  StageTasks tasks(StageSite site);
}
