// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

/**
 * What the precision that an optimizer keeps for a weight says of the weight's posterior, given N examples. An optimizer
 * trains with its own balance of loss and prior, for steps that are long enough; its Gaussian is that of another number of
 * examples.
 */
@FunctionalInterface
public interface PosteriorScale {
  /**
   * The precision of the weight's posterior, positive.
   *
   * @param precision that the optimizer has for it; finite
   * @param examples N, over which the loss is a mean
   */
  double posterior(double precision, long examples);

  /**
   * Of an optimizer that minimises E[mean loss] + w · KL(N(μ, 1/λ) ‖ N(0, 1/p₀)), as arTuRO does: where λ' = (q + w·p₀ + νλ)/(w + ν)
   * rests, λ = p₀ + q/w, whatever ν, with q the curvature of the mean loss. The variational posterior of N examples minimises N ·
   * E[mean loss] + KL, that is the same with w = 1/N (Khan et al., ICML 2018, arXiv 1806.04854, VON and Vadam; Khan and Lin,
   * AISTATS 2017): so the optimizer's Gaussian is that of 1/w examples, and the posterior's precision is p₀ + N·q with q = w(λ − p₀),
   * which is that of Laplace's approximation with a diagonal Hessian, too (MacKay, Neural Computation 4, 1992).
   *
   * @param weight w, positive
   * @param priorPrecision p₀
   * @param minCurvature that q is not below, so that the posterior's precision is positive: the floor that a step divides by
   */
  static PosteriorScale ofWeightedPrior(double weight, double priorPrecision, double minCurvature) {
    return (precision, examples) ->
        priorPrecision + examples * Math.max(weight * (precision - priorPrecision), minCurvature);
  }
}
