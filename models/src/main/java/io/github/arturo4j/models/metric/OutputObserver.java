// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import io.github.arturo4j.kernels.loss.Targets;

/** Is shown what a network puts out for the examples of an evaluation, one behind the other. */
public interface OutputObserver {
  /**
   * Shows the outputs for an example, or at a position of one; whose label is {@link Targets.Classes#IGNORED} is left out.
   *
   * @param example which of the targets is its: of positions, example · positions + position
   * @param outputs of the network, which the caller overwrites afterwards
   */
  void add(int example, float[] outputs);
}
