// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

/** Layout of the array in which the device keeps the state of the trust region's dual between and within steps. */
final class DualState {
  /** η of the last step. */
  static final int ETA = 0;

  /** Lower end of the bracket of η, of {@link Bisection} and {@link RoundedSearch}. */
  static final int LOW = 1;

  /** Upper end of that bracket. */
  static final int HIGH = 2;

  /** Evaluations of KL_mean in the last step. */
  static final int EVALUATIONS = 3;

  /** 1 once η of this step is found. */
  static final int SOLVED = 4;

  /** 0 before the first step, then 1. */
  static final int STARTED = 5;

  /** Steps skipped so far. */
  static final int SKIPPED = 6;

  /** KL of the means' step as taken. */
  static final int KL_TAKEN = 7;

  /** Parameters with negative curvature. */
  static final int NEGATIVE = 8;

  /** 1 if this step is skipped. */
  static final int SKIP = 9;

  /** The last positive η, around which the next step expands KL. */
  static final int CENTER = 10;

  /** 1 if rounding matters, so that the search is {@link RoundedSearch}. */
  static final int ROUNDED = 11;

  /** KL of the precisions' step as taken. */
  static final int KL_COVARIANCE = 12;

  /** Sum of δ²/s in the last step that was reported, in {@link Mode#ROBUST}. */
  static final int INNOVATION = 13;

  /** ε of the last step that was reported. */
  static final int BOUND = 14;

  /** The η at which KL_mean is evaluated next, {@link #POINTS} of them. */
  static final int LADDER = 16;

  /** KL_mean at the ladder; before it is laid, the sums of {@link KlExpansion}. */
  static final int KL = 24;

  /** Points of the ladder. */
  static final int POINTS = 6;

  static final int SIZE = 32;

  private DualState() {}
}
