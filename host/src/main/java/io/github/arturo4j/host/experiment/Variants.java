// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * An experiment, read once, and the same with other optimizers.
 *
 * @param given the experiment as it is
 * @param byOptimizer it with each optimizer that there is for it, by the optimizer's name: of a built-in one, the built-in ones of the
 *     same network and data set; of a file, first the file as it is, then the same with the optimizers of these and, where its schedule
 *     has milestones, with their factors
 */
public record Variants(Experiment given, SequencedMap<String, Experiment> byOptimizer) {
  /** Checks nothing, and keeps a copy. */
  public Variants {
    byOptimizer = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(byOptimizer));
  }

  /**
   * The one that trains with an optimizer; with another than there are, the experiment with the optimizer's defaults.
   *
   * @throws InputException if there is no such optimizer; the message is one line
   */
  public Experiment with(String optimizer) {
    if (byOptimizer.containsKey(optimizer)) {
      return byOptimizer.get(optimizer);
    }
    if (!Optimizers.names().contains(optimizer)) {
      throw new InputException("--optimizer is '" + optimizer + "'; there are: " + String.join(", ", Optimizers.names()));
    }
    return Experiments.withDefaults(given, optimizer);
  }
}
