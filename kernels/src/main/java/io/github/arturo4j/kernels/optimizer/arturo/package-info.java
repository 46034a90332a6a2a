// SPDX-License-Identifier: Apache-2.0

/**
 * arTuRO: "Information-Theoretic Trust Regions for Stochastic Gradient-Based Optimization" (Dahlinger, Becker,
 * Hüttenrauch, Neumann, OPT 2023, arXiv 2310.20574). A weight is N(μ, 1/λ), the loss along it ½ q θ² + l θ; ε is the KL
 * bound, w the regularisation weight, p₀ the prior's precision.
 *
 * <table>
 * <caption>Where each equation stands</caption>
 * <tr><th>equation</th><th>method</th></tr>
 * <tr><td>μ ← μ − ε·weightDecay·μ</td><td>{@code HessianFilter.scale}, {@code GroupFilter}</td></tr>
 * <tr><td>recursive least squares: s = u + vμ + R, δ = g − l − qμ, l += uδ/s, q += vδ/s</td><td>{@code HessianFilter.element}</td></tr>
 * <tr><td>h = q + w·p₀, slope d = hμ + l</td><td>{@code WeightMath.slope}</td></tr>
 * <tr><td>KL(η) = ½ Σ λd²/(h + ηλ)²</td><td>{@code KlExpansion}, {@code KlLadder}, {@code GroupLadder}</td></tr>
 * <tr><td>η with KL(η) = ε</td><td>{@code LadderSearch}, {@code RoundedSearch}; published: {@code Bisection}</td></tr>
 * <tr><td>μ ← μ − d/(h + ηλ), λ ← (h + νλ)/(w + ν)</td><td>{@code GaussianUpdate}, {@code GroupUpdate}</td></tr>
 * </table>
 */
package io.github.arturo4j.kernels.optimizer.arturo;
