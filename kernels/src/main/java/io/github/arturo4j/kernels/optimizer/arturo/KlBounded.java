// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Require;

/** An optimizer whose rate is the bound of a step's KL, which is as the square of the step's length. */
public interface KlBounded extends OptimizerConfig {
  @Override
  default String rateName() {
    return "klBound";
  }

  @Override
  default double milestoneFactor() {
    return 0.006;
  }

  @Override
  default double rateOfSteps(double factor) {
    return factor * factor * initialRate();
  }

  @Override
  default void checkRate(String name, double rate) {
    Require.moderate(name, rate);
  }
}
