// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import java.util.Optional;

/**
 * An optimizer as an experiment has it: its name, its values, and how it is made of them. An implementation is a public
 * record whose components have a {@link Hyperparameter} annotation each, whose constructor calls {@link
 * Hyperparameters#check}, and which has a second constructor without arguments: the defaults. It is known by its name once
 * {@code META-INF/services/io.github.arturo4j.kernels.optimizer.OptimizerConfig} has a line for it, see {@link
 * Optimizers}.
 */
public interface OptimizerConfig {
  /** The optimizer's name, as in an experiment file. */
  String name();

  /** A new optimizer for one graph, with kernels of that shape; for null, of the graph's. */
  Optimizer create(KernelShape shape);

  /** A new optimizer, for one graph or plan. */
  default Optimizer create() {
    return create(null);
  }

  /** The name, and what else tells its variants apart. */
  default String label() {
    return name();
  }

  /** Which of the values is the rate that a schedule changes, see {@link Optimizer#prepare}. */
  default String rateName() {
    return "learningRate";
  }

  /** The rate before the schedule's first change. */
  default double initialRate() {
    return (double) Hyperparameters.get(this, rateName());
  }

  /**
   * The same with another initial rate.
   *
   * @throws IllegalArgumentException if it is out of its range; one line
   */
  default OptimizerConfig withInitialRate(double rate) {
    return Hyperparameters.with(this, rateName(), rate);
  }

  /** By what the published schedules multiply such a rate at a milestone. */
  default double milestoneFactor() {
    return 0.1;
  }

  /** The initial rate that makes steps about so many times as long. */
  default double rateOfSteps(double factor) {
    return factor * initialRate();
  }

  /** Checks the range of a scheduled rate; its message begins with {@code name}. */
  default void checkRate(String name, double rate) {
    Require.positive(name, rate);
  }

  /** What the precisions that it leaves say of the weights' posterior; nothing of an optimizer that keeps no Gaussians. */
  default Optional<PosteriorScale> posterior() {
    return Optional.empty();
  }
}
