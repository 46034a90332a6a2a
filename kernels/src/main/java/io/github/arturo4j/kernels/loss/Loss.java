// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import io.github.arturo4j.kernels.graph.KernelGraph;

/**
 * What a training makes small: a number for each example, of a network's outputs and the example's target or targets. The loss of a
 * batch is their mean, each with its {@link #weight}, as PyTorch's {@code reduction='mean'}.
 *
 * <p>An implementation is a public record whose constructor takes null for the default of a value, with a second constructor
 * without arguments: all defaults. Experiments know it by its name once {@code
 * META-INF/services/io.github.arturo4j.kernels.loss.Loss} has a line for it, see {@link Losses}.
 */
public interface Loss {
  /** The loss's name, as in an experiment file. */
  String name();

  /**
   * Checks that it can compare a network's outputs with these targets.
   *
   * @param outputs of the network, for an example, or at a position of it
   * @throws IllegalArgumentException if not; one line
   */
  void check(Targets targets, int outputs);

  /** What an example counts for in the mean, with all its positions; not negative. */
  default double weight(Targets targets, int example) {
    return 1;
  }

  /**
   * Adds the task, named by {@code graph.task("loss")}, that adds each row's loss, times its weight, to the row's sum, or
   * starts the sum anew; and that writes the gradient of the whole batch's mean loss with respect to this execution's
   * outputs, unless it is an evaluation. Rows from the execution's count on are padding: their sums stay, and their
   * gradient is 0. Another sum than the row's own is none of its business.
   */
  void addTo(KernelGraph graph, LossArrays arrays);
}
