// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.optimizer.Optimizer;

/**
 * Layout of the array that {@link AdaptiveArturo} sends to the device before each step, and what in its filter is no
 * hyperparameter, since it changed little in trials whatever it was. ρ = σ₀√(2ε) is the step of a typical weight, with
 * σ₀ the size of the initial weights and ε the bound before the schedule.
 */
final class AdaptiveConstants {
  /** ε, the KL bound in force for each weight, in nats; at 0 is {@link Optimizer#GRADIENT_SCALE}. */
  static final int KL_BOUND = 1;

  /** Factor 1 − ε·weightDecay on the mean. */
  static final int DECAY = 2;

  /** 1/ρ. */
  static final int INVERSE_UNIT = 3;

  /** σ₀². */
  static final int VARIANCE = 4;

  /** 1 if the metric is the curvature, 0 if it is the noise. */
  static final int CURVATURE = 5;

  /** 1 if a step takes the share of the bound that is signal, 0 if all of it. */
  static final int SIGNAL = 6;

  /** 1 if the step is to sum what its report tells. */
  static final int REPORT = 7;

  static final int SIZE = 8;

  /** Least share of a new innovation in the variance of the gradient's noise; before, it is their mean. */
  static final float NOISE_GAIN = 0.02f;

  /** Variance that the gradient gains from step to step, in units of its noise's. */
  static final float DRIFT = 0.01f;

  /** Variance of the curvature before the filter has seen a step, and its greatest, in units of (σ/ρ)². */
  static final float CURVATURE_VARIANCE = 0.01f;

  /** Variance that the curvature gains from step to step, in these units. */
  static final float CURVATURE_DRIFT = 2e-5f;

  /** What the curvature is taken for at first, in units of σ/ρ. */
  static final float INITIAL_CURVATURE = 0.1f;

  /** Least metric, in units of √(R + d²)/ρ: without a bound, no weight would move by more than 5ρ. */
  static final float FLOOR = 0.2f;

  /** Least metric, of weights without a gradient: great enough for what is summed to be normal floats. */
  static final float MIN_METRIC = 1e-15f;

  /** Least variance of a gradient's noise. */
  static final float MIN_NOISE = 1e-30f;

  /** What a value is added to and taken from, to become 0 if it is tiny beside it. */
  static final float FLUSH = 1e-12f;

  /** Greatest size of an estimated curvature. */
  static final float MAX_CURVATURE = 1e28f;

  /** Greatest step that the filter reckons with, in units of ρ. */
  static final float MAX_STEP = 1e9f;

  private AdaptiveConstants() {}
}
