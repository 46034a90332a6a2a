// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Closes a step: what the report tells, and the count of skipped steps. One thread. */
final class StepEnd {
  private StepEnd() {}

  /** Totals the sums of {@link GaussianUpdate}. */
  static void close(FloatArray control, FloatArray dual, DoubleArray sums, int chunks) {
    for (@Parallel int z = 0; z < 1; z++) {
      double kl = 0.0;
      double negative = 0.0;
      double covariance = 0.0;
      for (int c = 0; c < chunks; c++) {
        kl += sums.get(c * Lanes.SUMS);
        negative += sums.get(c * Lanes.SUMS + 1);
        covariance += sums.get(c * Lanes.SUMS + 2);
      }
      end(control, dual, (float) kl, (float) negative, (float) covariance);
    }
  }

  /**
   * Closes the step.
   *
   * @param kl KL in nats of the means' step
   * @param negative how many curvatures were negative
   * @param covariance KL in nats of the precisions' step
   */
  static void end(FloatArray control, FloatArray dual, float kl, float negative, float covariance) {
    boolean taken = dual.get(DualState.SKIP) == 0f;
    if (control.get(ArturoConstants.REPORT) != 0f) {
      dual.set(DualState.BOUND, control.get(ArturoConstants.KL_BOUND));
      dual.set(DualState.KL_TAKEN, kl);
      if (taken) {
        dual.set(DualState.NEGATIVE, negative);
        dual.set(DualState.KL_COVARIANCE, covariance);
      }
    }
    if (taken) {
      dual.set(DualState.STARTED, 1f);
    } else {
      dual.set(DualState.SKIPPED, dual.get(DualState.SKIPPED) + 1f);
    }
  }
}
