// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;

/**
 * Stochastic gradient descent with momentum, see {@link SgdHyperparameters}.
 *
 * @param learningRate before the first milestone
 */
public record SgdConfig(double learningRate, double momentum, double weightDecay) implements OptimizerConfig {
  static final String NAME = "sgd";

  /** Checks the values. */
  public SgdConfig {
    checkRate(LEARNING_RATE, learningRate);
    new SgdHyperparameters(momentum, weightDecay);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public double initialRate() {
    return learningRate;
  }

  @Override
  public SgdConfig withInitialRate(double rate) {
    return new SgdConfig(rate, momentum, weightDecay);
  }

  @Override
  public Optimizer create() {
    return new Sgd(new SgdHyperparameters(momentum, weightDecay));
  }
}
