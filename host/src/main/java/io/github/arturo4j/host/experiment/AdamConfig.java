// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.optimizer.Optimizer;

/**
 * Adam without weight decay, see {@link AdamHyperparameters}.
 *
 * @param learningRate before the first milestone
 */
public record AdamConfig(double learningRate, double beta1, double beta2, double eps) implements OptimizerConfig {
  static final String NAME = "adam";

  /** Checks the values. */
  public AdamConfig {
    checkRate(LEARNING_RATE, learningRate);
    new AdamHyperparameters(beta1, beta2, eps, 0);
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
  public AdamConfig withInitialRate(double rate) {
    return new AdamConfig(rate, beta1, beta2, eps);
  }

  @Override
  public Optimizer create() {
    return new Adam(new AdamHyperparameters(beta1, beta2, eps, 0));
  }
}
