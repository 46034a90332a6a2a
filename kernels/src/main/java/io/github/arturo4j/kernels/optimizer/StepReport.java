// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

/**
 * What one optimizer step did.
 *
 * @param eta the multiplier η of the trust region; 0 where it is inactive, NaN for optimizers without one
 * @param klTaken KL of the means' step as taken, ½ Σ λ (μ' − μ)², in nats; NaN for optimizers without one
 * @param negativeCurvature share of parameters whose estimated curvature is negative, 0 to 1; NaN if not estimated
 * @param skippedSteps steps skipped since the start because the gradient was not finite
 */
public record StepReport(double eta, double klTaken, double negativeCurvature, long skippedSteps) {
  /** The report of an optimizer without a trust region. */
  public static final StepReport NONE = new StepReport(Double.NaN, Double.NaN, Double.NaN, 0);
}
