// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The search of {@link LadderSearch} where the means' rounding matters: the step that is stored is the difference of two
 * floats, and its KL falls with η in jumps, which no polynomial follows. So η is one at which that KL was evaluated.
 *
 * <p>Rounding moves a step by at most 2⁻²⁴|μ|; by Cauchy and Schwarz, it moves KL by at most 2⁻²³·√(M/ε) of ε, with
 * M = ½ Σ λμ² ({@link KlExpansion} sums it, too). Where that is little, {@link LadderSearch} is right. It matters late in
 * a schedule, when steps are of the size of a weight's last bits, and for great weights.
 *
 * <p>Each round halves the bracket, many times, of η with KL above and below ε; a point whose KL is near enough to ε is
 * taken. In the steady state one round is enough: it looks closely around the root of the expansion. If KL jumps over ε,
 * the upper end is taken, and KL is below ε by what a float cannot hold.
 */
final class RoundedSearch {
  /** Rounds: the widest bracket, 161 in ln η, is cut to a fifth by each: 161/5⁹ = 8·10⁻⁵. */
  static final int ROUNDS = 10;

  /** Greatest M/ε at which rounding does not matter: 0.34% of ε. With the expansion's 0.5%, that is less than 1%. */
  private static final float MAX_WHOLE = 8e8f;

  /** How near to ε, relatively, KL at a point is near enough. */
  private static final float NEAR = 0.008f;

  /** ln of the bracket's width at which KL is taken to jump. */
  private static final float NARROW = 1e-4f;

  private RoundedSearch() {}

  /**
   * Takes over from {@link LadderSearch#begin} if rounding matters, with the expansion's sums still at
   * {@link DualState#KL}: looks closely around the root, if there is one, else keeps that search's first ladder.
   */
  static void begin(FloatArray control, FloatArray dual) {
    float root = dual.get(DualState.ETA);
    float rounded = 0f;
    if (dual.get(DualState.KL + 5) / control.get(ArturoConstants.KL_BOUND) > MAX_WHOLE) {
      rounded = 1f;
    }
    if (dual.get(DualState.SKIP) != 0f) {
      rounded = 0f;
    }
    float closely = rounded * dual.get(DualState.SOLVED);
    if (closely > 0f) {
      if (root == 0f) { // the free step, whose KL is that of what is stored
        rounded = 0f;
        closely = 0f;
      }
    }
    dual.set(DualState.ROUNDED, rounded);
    dual.set(DualState.LOW, LadderSearch.min(control));
    dual.set(DualState.HIGH, LadderSearch.MAX);
    if (closely > 0f) {
      dual.set(DualState.SOLVED, 0f);
      dual.set(DualState.LADDER, root * 0.9f);
      dual.set(DualState.LADDER + 1, root * 0.991f);
      dual.set(DualState.LADDER + 2, root * 0.997f);
      dual.set(DualState.LADDER + 3, root * 1.003f);
      dual.set(DualState.LADDER + 4, root * 1.009f);
      dual.set(DualState.LADDER + 5, root * 1.1f);
    }
  }

  /** Decides, after a round whose values are at {@link DualState#KL}, on η or the next ladder. */
  static void next(FloatArray control, FloatArray dual, int round) {
    float bound = control.get(ArturoConstants.KL_BOUND);
    float low = dual.get(DualState.LOW);
    float high = dual.get(DualState.HIGH);
    float min = NEAR;
    int near = -1;
    for (int k = 0; k < DualState.POINTS; k++) {
      float eta = dual.get(DualState.LADDER + k);
      float excess = dual.get(DualState.KL + k) / bound - 1f;
      if (TornadoMath.abs(excess) < min) {
        min = TornadoMath.abs(excess);
        near = k;
      }
      if (excess > 0f) {
        low = Math.max(low, eta);
      } else {
        high = Math.min(high, eta);
      }
    }
    dual.set(DualState.LOW, low);
    dual.set(DualState.HIGH, high);
    boolean end = round == ROUNDS;
    if (TornadoMath.log(high) - TornadoMath.log(low) < NARROW) {
      end = true;
    }
    if (near >= 0) {
      LadderSearch.solved(dual, dual.get(DualState.LADDER + near));
    } else if (end) {
      LadderSearch.solved(dual, high);
    } else {
      LadderSearch.ladder(dual, low, high);
    }
  }
}
