// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

/**
 * What one optimizer step did; numbers that an optimizer does not have are NaN.
 *
 * @param bound the KL in nats that the means' step could take at most
 * @param eta the multiplier η of the trust region; 0 where it is inactive
 * @param klTaken KL of the means' step as taken, ½ Σ λ (μ' − μ)², in nats
 * @param klCovariance KL of the precisions' step as taken, ½ Σ (λ/λ' − 1 − ln(λ/λ')), in nats
 * @param innovation mean over the weights of the squared innovation of the filter in units of its variance: 1 if the filter's
 *     noises are those of the gradients, much less if they are too great, much more if they are too small; NaN in paper mode
 * @param negativeCurvature share of parameters whose estimated curvature is negative, 0 to 1
 * @param skippedSteps steps skipped since the start because the gradient was not finite
 */
public record StepReport(
    double bound,
    double eta,
    double klTaken,
    double klCovariance,
    double innovation,
    double negativeCurvature,
    long skippedSteps) {
  /** The report of an optimizer without a trust region. */
  public static final StepReport NONE =
      new StepReport(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
}
