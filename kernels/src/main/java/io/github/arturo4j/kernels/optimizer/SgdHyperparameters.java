// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

/**
 * The hyperparameters of {@link Sgd}; the learning rate is scheduled and given at each step.
 *
 * @param momentum share of the old velocity in the new one, 0 to 1 without 1
 * @param weightDecay factor of the weight that is added to its gradient (an L2 penalty), ≥ 0
 */
public record SgdHyperparameters(double momentum, double weightDecay) {
  /** Checks every range. */
  public SgdHyperparameters {
    Require.share("momentum", momentum);
    Require.notNegative("weightDecay", weightDecay);
  }
}
