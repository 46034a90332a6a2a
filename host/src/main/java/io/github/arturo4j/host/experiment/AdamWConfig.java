// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.Require;

/**
 * Adam with decoupled weight decay, see {@link AdamHyperparameters}.
 *
 * @param learningRate before the first milestone
 */
public record AdamWConfig(double learningRate, double beta1, double beta2, double eps, double weightDecay)
    implements OptimizerConfig {
  static final String NAME = "adamw";

  /** Checks the values. */
  public AdamWConfig {
    checkRate(LEARNING_RATE, learningRate);
    Require.decay(LEARNING_RATE, learningRate, weightDecay);
    new AdamHyperparameters(beta1, beta2, eps, weightDecay);
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
  public AdamWConfig withInitialRate(double rate) {
    return new AdamWConfig(rate, beta1, beta2, eps, weightDecay);
  }

  @Override
  public Optimizer create() {
    return new Adam(new AdamHyperparameters(beta1, beta2, eps, weightDecay));
  }
}
