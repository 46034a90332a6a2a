// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The solver of the dual in {@link Mode#ROBUST}: finds η ≥ 0 with |KL_mean(η) − ε| ≤ 0.01·ε, or η = 0 where
 * KL_mean(0) ≤ ε. One thread; {@link KlLadder#evaluate} has evaluated {@link DualState#POINTS} η before each round.
 *
 * <p>Round 0 is the steady state: the points are 0 and five η around the last one, e^0.5 apart. If the root lies
 * between two of those five, ln KL is interpolated by the cubic in ln η through the four nearest. The fourth derivative
 * of ln KL by ln η is at most 1.86 in size (found numerically over mixtures of terms 1/(1 + e^x/c)²), so with a spacing of
 * 0.5 the interpolant is within 1.86/24 · 0.5⁴ = 0.005 of ln KL.
 *
 * <p>Otherwise the root is bracketed by a ladder point on one side and by a limit on the other, and up to
 * {@link #ROUNDS} more rounds each cut the bracket to a fifth, until its spacing is at most 0.5 too. The lower limit
 * is so small that KL there is within 1% of KL_mean(0); the upper one is near the greatest float. If KL exceeds ε even
 * there, or is no number, the step is skipped.
 */
final class LadderSearch {
  /** Rounds after round 0 that the widest bracket, 116 in ln η, needs: 116/5⁴ = 0.19. */
  static final int ROUNDS = 4;

  private static final float SPACING = 0.5f;
  private static final float MOST = 1e37f;
  private static final int LAST = DualState.POINTS - 1;
  private static final int CENTER = DualState.POINTS / 2;

  private LadderSearch() {}

  /** Begins the search, with the sums of {@link HessianFilter}; decides whether the step is skipped. */
  static void first(
      FloatArray control, FloatArray dual, FloatArray notFinite, DoubleArray sums, int chunks) {
    for (@Parallel int z = 0; z < 1; z++) {
      dual.set(DualState.EVALUATIONS, 0f);
      dual.set(DualState.SOLVED, 0f);
      dual.set(DualState.SKIP, 0f);
      if (HessianFilter.finite(notFinite, chunks)) {
        total(dual, sums, chunks);
        float bound = control.get(Control.KL_BOUND);
        if (dual.get(DualState.KL) <= bound) {
          solved(dual, 0f);
        } else {
          int k = crossing(dual, bound, 1);
          if (k >= 1 && k < LAST) {
            interpolate(dual, bound, k, 1);
          } else if (k == 0) {
            ladder(dual, least(control), dual.get(DualState.LADDER + 1));
          } else {
            ladder(dual, dual.get(DualState.LADDER + LAST), MOST);
          }
        }
      } else {
        skip(dual);
      }
    }
  }

  /** Goes on with the search, if η is not found yet. */
  static void next(FloatArray control, FloatArray dual, DoubleArray sums, int chunks, int round) {
    for (@Parallel int z = 0; z < 1; z++) {
      if (dual.get(DualState.SOLVED) == 0f) {
        total(dual, sums, chunks);
        float bound = control.get(Control.KL_BOUND);
        int k = crossing(dual, bound, 0);
        if (k < 0) { // only at the lower limit, see the class comment
          solved(dual, dual.get(DualState.LADDER));
        } else if (k >= LAST) {
          skip(dual);
        } else {
          float low = dual.get(DualState.LADDER + k);
          float high = dual.get(DualState.LADDER + k + 1);
          if (TornadoMath.log(high) - TornadoMath.log(low) <= SPACING * 1.01f) {
            interpolate(dual, bound, k, 0);
          } else if (round == ROUNDS) {
            skip(dual);
          } else {
            ladder(dual, low, high);
          }
        }
      }
    }
  }

  /** The last k in [from − 1, LAST] with KL &gt; ε at all points from..k; NaN counts as greater. */
  private static int crossing(FloatArray dual, float bound, int from) {
    int k = from - 1;
    boolean above = true;
    for (int j = from; j <= LAST; j++) {
      above = above && !(dual.get(DualState.KL + j) <= bound);
      if (above) {
        k = j;
      }
    }
    return k;
  }

  private static void total(FloatArray dual, DoubleArray sums, int chunks) {
    for (int k = 0; k < DualState.POINTS; k++) {
      double kl = 0.0;
      for (int c = 0; c < chunks; c++) {
        kl += sums.get(c * DualState.POINTS + k);
      }
      dual.set(DualState.KL + k, (float) kl);
    }
    dual.set(DualState.EVALUATIONS, dual.get(DualState.EVALUATIONS) + DualState.POINTS);
  }

  /** η below which KL_mean(η) ≥ 0.99·KL_mean(0), whatever the state: 1/(1 + ηλ/ĥ)² ≥ 1 − 2ηλ/ĥ. */
  private static float least(FloatArray control) {
    return 0.004f * control.get(Control.MIN_CURVATURE) / control.get(Control.MAX_PRECISION);
  }

  private static void ladder(FloatArray dual, float low, float high) {
    float logLow = TornadoMath.log(low);
    float spacing = (TornadoMath.log(high) - logLow) / LAST;
    dual.set(DualState.LADDER, low);
    for (int k = 1; k < LAST; k++) {
      dual.set(DualState.LADDER + k, TornadoMath.exp(logLow + k * spacing));
    }
    dual.set(DualState.LADDER + LAST, high);
  }

  /** Solves the cubic for ln KL = ln ε between points k and k + 1; {@code first} is the first point with a logarithm. */
  private static void interpolate(FloatArray dual, float bound, int k, int first) {
    int s = Math.min(Math.max(k - 1, first), LAST - 3);
    float y0 = height(dual, bound, s);
    float y1 = height(dual, bound, s + 1);
    float y2 = height(dual, bound, s + 2);
    float y3 = height(dual, bound, s + 3);
    float logLow = TornadoMath.log(dual.get(DualState.LADDER + s));
    float spacing = (TornadoMath.log(dual.get(DualState.LADDER + s + 3)) - logLow) / 3f;
    float low = k - s;
    float high = low + 1f;
    for (int i = 0; i < 30; i++) {
      float x = 0.5f * (low + high);
      float y =
          -y0 * (x - 1f) * (x - 2f) * (x - 3f) / 6f
              + y1 * x * (x - 2f) * (x - 3f) / 2f
              - y2 * x * (x - 1f) * (x - 3f) / 2f
              + y3 * x * (x - 1f) * (x - 2f) / 6f;
      if (y > 0f) {
        low = x;
      } else {
        high = x;
      }
    }
    solved(dual, TornadoMath.exp(logLow + 0.5f * (low + high) * spacing));
  }

  private static float height(FloatArray dual, float bound, int k) {
    return TornadoMath.log(dual.get(DualState.KL + k) / bound);
  }

  private static void solved(FloatArray dual, float eta) {
    dual.set(DualState.ETA, eta);
    dual.set(DualState.SOLVED, 1f);
    steady(dual, eta);
  }

  private static void skip(FloatArray dual) {
    dual.set(DualState.SKIP, 1f);
    dual.set(DualState.SOLVED, 1f);
    steady(dual, 0f);
  }

  /** Lays the next step's ladder around η; around the last positive one if η is 0. */
  static void steady(FloatArray dual, float eta) {
    if (eta > 0f) {
      dual.set(DualState.CENTER, Math.min(Math.max(eta, 1e-12f), 1e36f));
    }
    float center = dual.get(DualState.CENTER);
    dual.set(DualState.LADDER, 0f);
    for (int k = 1; k <= LAST; k++) {
      dual.set(DualState.LADDER + k, center * TornadoMath.exp((k - CENTER) * SPACING));
    }
  }
}
