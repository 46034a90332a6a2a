// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

/**
 * The state of arTuRO without the means, n values each, and how the last step's dual was solved.
 *
 * @param precision λ
 * @param linear l
 * @param curvature q
 * @param p00 variance of l in the filter
 * @param p01 covariance of l and q
 * @param p11 variance of q
 * @param eta η of the last step
 * @param evaluations evaluations of KL_mean in the last step
 */
public record ArturoState(
    float[] precision,
    float[] linear,
    float[] curvature,
    float[] p00,
    float[] p01,
    float[] p11,
    float eta,
    int evaluations) {}
