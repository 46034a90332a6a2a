// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

/** Layout of the array in which the device keeps what {@link AdaptiveArturo} knows of all weights together. */
final class AdaptiveScalars {
  /** Steps taken so far. */
  static final int TAKEN = 0;

  /** Steps skipped so far. */
  static final int SKIPPED = 1;

  /** 1 if this step is skipped. */
  static final int SKIP = 2;

  /** Factor from the free step d/ĥ to the one taken, 0 to 1. */
  static final int FACTOR = 3;

  /** η = w·(1/factor − 1). */
  static final int ETA = 4;

  /** w, by which a metric is divided to be a precision: the mean metric times σ₀². */
  static final int WEIGHT = 5;

  /** Σ d²/ĥ over Σ R/ĥ: the energy of the averaged gradient in that of single ones. */
  static final int SIGNAL = 6;

  /** KL of the means' step as stored, in nats. */
  static final int KL_TAKEN = 7;

  /** KL of the precisions' step, in nats. */
  static final int KL_COVARIANCE = 10;

  /** Sum of δ²/(SR) in the last step that was reported. */
  static final int INNOVATION = 11;

  /** Parameters with negative curvature. */
  static final int NEGATIVE = 8;

  /** σ₀: the size of the initial weights. */
  static final int SCALE = 9;

  /** ε of the last step that was reported. */
  static final int BOUND = 12;

  static final int SIZE = 13;

  private AdaptiveScalars() {}
}
