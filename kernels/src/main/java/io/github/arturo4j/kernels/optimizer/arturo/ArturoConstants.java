// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.optimizer.Optimizer;

/** Layout of the array of hyperparameters that is sent to the device before each step. */
final class ArturoConstants {
  /** ε, the KL bound in force, in nats; at 0 is {@link Optimizer#GRADIENT_SCALE}. */
  static final int KL_BOUND = 20;

  /** Factor 1 − ε·weightDecay on the mean that the filter sees. */
  static final int DECAY = 1;

  /** Factor from there to the mean that the step starts from: 1 but in the first step of {@link Mode#PAPER}. */
  static final int UNDO_DECAY = 11;

  /** Q, added to the filter's variances. */
  static final int DYNAMIC_MODEL_NOISE = 2;

  /** R, the variance of a gradient. */
  static final int MEASUREMENT_NOISE = 3;

  /** w·p₀, added to the curvature. */
  static final int PRIOR = 4;

  /** Floor of the curvature; −∞ in {@link Mode#PAPER}. */
  static final int MIN_CURVATURE = 5;

  /** w. */
  static final int REG_WEIGHT = 6;

  /** ν. */
  static final int NU = 7;

  /** Least precision; −∞ in {@link Mode#PAPER}. */
  static final int MIN_PRECISION = 8;

  /** Greatest precision; ∞ in {@link Mode#PAPER}. */
  static final int MAX_PRECISION = 9;

  /** Width at which the bisection of {@link Mode#PAPER} stops. */
  static final int ETA_TOL = 10;

  /** 1 if the step is to sum what its report tells. */
  static final int REPORT = 12;

  /** Least variance of an innovation: R, since rounding must not take it below; −∞ in {@link Mode#PAPER}. */
  static final int MIN_INNOVATION_VARIANCE = 13;

  /** Least variance of the filter's states: 0, likewise; −∞ in {@link Mode#PAPER}. */
  static final int MIN_VARIANCE = 14;

  /** Limit of the size of a mean that the filter sees; ∞ in {@link Mode#PAPER}. */
  static final int MAX_MEAN = 15;

  /** Limit of the size of a gradient, of the filter or of its model; ∞ in {@link Mode#PAPER}. */
  static final int MAX_GRADIENT = 16;

  /** Limit of a curvature's size; ∞ in {@link Mode#PAPER}. */
  static final int MAX_CURVATURE = 17;

  /** Limit of the variances of the filter's states; ∞ in {@link Mode#PAPER}. */
  static final int MAX_VARIANCE = 18;

  /** What the states' covariance may have beyond the root of their variances' product: 0; ∞ in {@link Mode#PAPER}. */
  static final int COVARIANCE_SLACK = 19;

  static final int SIZE = 21;

  private ArturoConstants() {}
}
