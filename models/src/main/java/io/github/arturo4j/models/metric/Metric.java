// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import io.github.arturo4j.kernels.loss.Targets;

/**
 * What the outputs of a network on a set of examples are measured by, computed on the host. Known by its name once
 * {@code META-INF/services/io.github.arturo4j.models.metric.Metric} has a line for it, see {@link Metrics}; it then has a
 * public constructor without arguments.
 */
public interface Metric {
  /** The metric's name: of lower-case letters, digits and underscores, as tables, meters and experiment files have it. */
  String name();

  /** The name for people, such as "macro F1". */
  String title();

  /** Whether it is 0 to 1, a share or a score that people tell in percent. */
  boolean isShare();

  /** Whether the greater of two values is the better one. */
  boolean higherIsBetter();

  /**
   * Begins to measure.
   *
   * @param targets of all the examples; values, and the outputs for them, are multiples of their {@link Targets.Values#unit}
   * @param outputs of the network, for an example, or at a position of it
   * @throws IllegalArgumentException if it cannot measure such outputs by such targets; one line
   */
  Sum begin(Targets targets, int outputs);

  /** The examples measured so far, or, where each has targets at several positions, their positions. */
  interface Sum extends OutputObserver {
    /** The metric over all that were added; NaN if there was none. */
    double value();

    /** All that was added so far, in numbers, for {@link #merge}: as many, whatever was added. */
    double[] state();

    /**
     * Adds what another sum of this metric, for other examples of the same targets, was shown.
     *
     * @param state of the other
     */
    void merge(double[] state);
  }
}
