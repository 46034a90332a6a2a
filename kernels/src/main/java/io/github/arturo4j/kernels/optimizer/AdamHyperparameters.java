// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

/**
 * The hyperparameters of {@link Adam}; the learning rate is scheduled and given at each step.
 *
 * @param beta1 share of the old first moment in the new one, 0 to 1 without 1
 * @param beta2 share of the old second moment in the new one, 0 to 1 without 1
 * @param eps added to the root of the second moment, at least the least normal float, 1.2e-38
 * @param weightDecay decoupled weight decay, multiplied by the learning rate, ≥ 0; 0 is Adam, more is AdamW
 */
public record AdamHyperparameters(double beta1, double beta2, double eps, double weightDecay) {
  /** The usual eps, PyTorch's. */
  public static final double DEFAULT_EPS = 1e-8;

  /** Checks every range. */
  public AdamHyperparameters {
    Require.share("beta1", beta1);
    Require.share("beta2", beta2);
    Require.positive("eps", eps);
    Require.notNegative("weightDecay", weightDecay);
  }
}
