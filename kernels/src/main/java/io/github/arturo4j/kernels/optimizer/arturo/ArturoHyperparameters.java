// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.optimizer.Require;

/**
 * The hyperparameters of arTuRO; the KL bound ε is scheduled and given at each step. What may not be 0 is from
 * {@link Require#MIN} to {@link Require#MAX}, as is ε: there {@link Mode#ROBUST} keeps its promise.
 *
 * @param varInit initial variance of every weight, &gt; 0; {@link Mode#ROBUST} puts it into the precision's limits
 * @param priorPrec precision p₀ of the prior, ≥ 0
 * @param startFilterCov initial variance of the filter's two states, ≥ 0
 * @param regWeight weight w of the prior, ≥ 0; w + ν must be positive
 * @param measurementNoise variance R of a gradient, &gt; 0
 * @param dynamicModelNoise variance Q that a step adds to the filter's states, ≥ 0
 * @param nu weight ν of the old precision in the new one, ≥ 0
 * @param weightDecay decoupled weight decay, multiplied by the KL bound, ≥ 0
 * @param etaTol width at which {@link Mode#PAPER}'s bisection stops, &gt; 0
 * @param minCurvature floor of the curvature that {@link Mode#ROBUST} divides by, &gt; 0
 * @param minPrecision least precision in {@link Mode#ROBUST}, &gt; 0
 * @param maxPrecision greatest precision in {@link Mode#ROBUST}
 */
public record ArturoHyperparameters(
    double varInit,
    double priorPrec,
    double startFilterCov,
    double regWeight,
    double measurementNoise,
    double dynamicModelNoise,
    double nu,
    double weightDecay,
    double etaTol,
    double minCurvature,
    double minPrecision,
    double maxPrecision) {

  /** Initial curvature of every weight. */
  public static final double INITIAL_CURVATURE = 0.1;

  /** Default floor of the curvature. */
  public static final double DEFAULT_MIN_CURVATURE = 1e-3;

  /** Default least precision: a standard deviation of 1000. */
  public static final double DEFAULT_MIN_PRECISION = 1e-6;

  /** Default greatest precision: a standard deviation of 1e-4. */
  public static final double DEFAULT_MAX_PRECISION = 1e8;

  /** Checks every range. */
  public ArturoHyperparameters {
    Require.moderate("varInit", varInit);
    Require.moderateOrZero("priorPrec", priorPrec);
    Require.moderateOrZero("startFilterCov", startFilterCov);
    Require.moderateOrZero("regWeight", regWeight);
    Require.moderate("measurementNoise", measurementNoise);
    Require.moderateOrZero("dynamicModelNoise", dynamicModelNoise);
    Require.moderateOrZero("nu", nu);
    Require.moderateOrZero("weightDecay", weightDecay);
    Require.moderate("etaTol", etaTol);
    Require.moderate("minCurvature", minCurvature);
    Require.moderate("minPrecision", minPrecision);
    Require.moderate("maxPrecision", maxPrecision);
    Require.moderate("regWeight + nu", regWeight + nu);
    if (minPrecision > maxPrecision) {
      throw new IllegalArgumentException(
          "minPrecision " + minPrecision + " is greater than maxPrecision " + maxPrecision);
    }
  }
}
