// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The published solver of the dual, {@link Mode#PAPER}: bisection of a bracket around the last η, in float32, with the
 * published early stop, which uses the midpoint after the one just tested. One thread; one evaluation a round.
 */
final class Bisection {
  /** Upper end of the first bracket, and cap of all. */
  static final float MAX = 10_000f;

  private Bisection() {}

  /** Evaluations that the widest bracket needs. */
  static int rounds(double etaTol) {
    int rounds = 0;
    for (float width = MAX; width > (float) etaTol; width /= 2f) {
      rounds++;
    }
    return rounds;
  }

  /** Opens the bracket: [0, 10000] in the first step, then [η/3, min(3η, 10000)]. */
  static void open(FloatArray control, FloatArray dual) {
    for (@Parallel int z = 0; z < 1; z++) {
      float eta = dual.get(DualState.ETA);
      float low = 0f;
      float high = MAX;
      if (dual.get(DualState.STARTED) != 0f) {
        low = eta / 3f;
        high = Math.min(eta * 3f, MAX);
      }
      dual.set(DualState.EVALUATIONS, 0f);
      dual.set(DualState.SOLVED, 0f);
      dual.set(DualState.SKIP, 0f);
      bracket(dual, low, high, high - low > control.get(ArturoConstants.ETA_TOL));
    }
  }

  /** Halves the bracket with the KL at its middle, the sum over the chunks. */
  static void next(FloatArray control, FloatArray dual, DoubleArray sums, int chunks) {
    for (@Parallel int z = 0; z < 1; z++) {
      if (dual.get(DualState.SOLVED) == 0f) {
        double kl = 0.0;
        for (int c = 0; c < chunks; c++) {
          kl += sums.get(c * Lanes.SUMS);
        }
        halve(control, dual, (float) kl);
      }
    }
  }

  /** Halves the bracket with the KL at its middle. */
  static void halve(FloatArray control, FloatArray dual, float kl) {
    float bound = control.get(ArturoConstants.KL_BOUND);
    float excess = kl - bound;
    float middle = dual.get(DualState.LADDER);
    float low = dual.get(DualState.LOW);
    float high = dual.get(DualState.HIGH);
    if (excess > 0f) {
      low = middle;
    } else {
      high = middle;
    }
    boolean goOn = high - low > control.get(ArturoConstants.ETA_TOL);
    // One comparison on its own: where NaN meets && of two, TornadoVM 5.2 decides otherwise than Java.
    if (TornadoMath.abs(excess) < 0.1f * bound) {
      goOn = false;
    }
    dual.set(DualState.EVALUATIONS, dual.get(DualState.EVALUATIONS) + 1f);
    bracket(dual, low, high, goOn);
  }

  private static void bracket(FloatArray dual, float low, float high, boolean goOn) {
    float middle = (low + high) / 2f;
    dual.set(DualState.LOW, low);
    dual.set(DualState.HIGH, high);
    dual.set(DualState.LADDER, middle);
    if (!goOn) {
      dual.set(DualState.ETA, middle);
      dual.set(DualState.SOLVED, 1f);
    }
  }
}
