// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The solver of the dual in {@link Mode#ROBUST}: finds η ≥ 0 with |KL_mean(η) − ε| ≤ 0.01·ε, or η = 0 where
 * KL_mean(0) ≤ ε. One thread.
 *
 * <p>In the steady state the root is near the last η, and {@link KlExpansion} gives it without another pass. Otherwise
 * there are up to {@link #ROUNDS} rounds, before each of which {@link KlLadder#evaluate} has evaluated KL_mean at
 * {@link DualState#POINTS} η. ln KL falls at most twice as fast as ln η grows, so the root is at least half of
 * ln(KL/ε) away from the last η: the first ladder begins there, with steps of e^0.5. If the root lies between two of
 * its points, ln KL is interpolated by the cubic in ln η through the four nearest, whose error bound is that of the
 * expansion.
 *
 * <p>If not, the root lies between a ladder's end and a limit, and each further round cuts that bracket to a fifth,
 * until its spacing is at most 0.5 too. A point whose KL is within 0.2% of ε is taken at once: on which side of ε it is,
 * rounding decides, and the next round, which sums in another order, might decide otherwise and look for the root on the
 * wrong side. The lower limit is so small that KL there is within 1% of KL_mean(0). The upper one is near the greatest
 * float, and KL there below every ε: d is at most {@link Arturo#MAX_GRADIENT}, and with ε and λ in the range of
 * {@link ArturoHyperparameters}, √n·d/√(2ελ) is less for any n. (Where ηλ overflows, the step is 0, as it would be in
 * memory: λd²/(ηλ)² is then less than any ε.) So no step with finite gradients is skipped.
 */
final class LadderSearch {
  /** Rounds: one near the last η, and four for the widest bracket, 161 in ln η: 161/5⁴ = 0.26. */
  static final int ROUNDS = 5;

  private static final int SKIP = 0;
  private static final int LAY = 1;
  private static final int INTERPOLATE = 2;
  private static final int LIMIT = 3;

  private static final float SPACING = 0.5f;
  /** Upper limit of η. */
  static final float MAX = 1e37f;

  /** Greatest η around which KL is expanded: times the greatest precision it is a float. */
  private static final float MAX_CENTER = 1e22f;

  /** How near to ε, relatively, KL at a point is near enough; more than what sums of floats lose. */
  private static final float NEAR = 0.002f;
  private static final int LAST = DualState.POINTS - 1;

  /** From the upper end of a ladder of that spacing to its lower end. */
  private static final float DOWN = 0.082085f; // e^(−0.5·5)

  private LadderSearch() {}

  /** Begins the search, with the sums of {@link HessianFilter}; decides whether the step is skipped. */
  static void first(
      FloatArray control, FloatArray dual, FloatArray notFinite, DoubleArray sums, int chunks) {
    for (@Parallel int z = 0; z < 1; z++) {
      boolean finite = HessianFilter.finite(notFinite, chunks);
      if (finite) {
        for (int k = 0; k < KlExpansion.SUMS; k++) {
          dual.set(DualState.KL + k, total(sums, chunks, k));
        }
        if (control.get(ArturoConstants.REPORT) != 0f) {
          dual.set(DualState.INNOVATION, 2f * total(sums, chunks, KlExpansion.SUMS));
        }
      }
      begin(control, dual, finite);
      RoundedSearch.begin(control, dual);
    }
  }

  /** Begins the search with the expansion's sums at {@link DualState#KL}, unless a gradient was not finite. */
  static void begin(FloatArray control, FloatArray dual, boolean finite) {
    dual.set(DualState.EVALUATIONS, 1f);
    dual.set(DualState.SOLVED, 0f);
    dual.set(DualState.SKIP, 0f);
    dual.set(DualState.ROUNDED, 0f);
    if (finite) {
      float bound = control.get(ArturoConstants.KL_BOUND);
      float eta = KlExpansion.root(dual, bound);
      if (dual.get(DualState.KL) < bound) {
        eta = 0f;
      }
      if (eta >= 0f) {
        solved(dual, eta);
      } else {
        leave(control, dual, dual.get(DualState.KL + 1) / bound);
      }
    } else {
      skip(dual);
    }
  }

  /** Goes on with this search or, where rounding matters, with {@link RoundedSearch}, if η is not found yet. */
  static void next(FloatArray control, FloatArray dual, DoubleArray sums, int chunks) {
    for (@Parallel int z = 0; z < 1; z++) {
      if (dual.get(DualState.SOLVED) == 0f) {
        int round = round(dual);
        gather(dual, sums, chunks);
        // Not in one method, which would be larger than TornadoVM 5.2 inlines.
        if (dual.get(DualState.ROUNDED) == 0f) {
          takeNear(control, dual);
          if (dual.get(DualState.SOLVED) == 0f) {
            bracket(control, dual, round);
          }
        } else {
          RoundedSearch.next(control, dual, round);
        }
      }
    }
  }

  /** Which round it is, from 1 on, before its points are counted: one evaluation is that of the expansion. */
  static int round(FloatArray dual) {
    return (int) dual.get(DualState.EVALUATIONS) / DualState.POINTS + 1;
  }

  /** Puts the KL of a round's points, the sums over all chunks, to {@link DualState#KL}. */
  static void gather(FloatArray dual, DoubleArray sums, int chunks) {
    for (int k = 0; k < DualState.POINTS; k++) {
      dual.set(DualState.KL + k, total(sums, chunks, k));
    }
    dual.set(DualState.EVALUATIONS, dual.get(DualState.EVALUATIONS) + DualState.POINTS);
  }

  /** Takes η of a point whose KL, at {@link DualState#KL}, is near enough to ε. */
  static void takeNear(FloatArray control, FloatArray dual) {
    float bound = control.get(ArturoConstants.KL_BOUND);
    int near = -1;
    for (int k = 0; k <= LAST; k++) {
      float off = dual.get(DualState.KL + k) / bound - 1f;
      if (off < NEAR) {
        if (off > -NEAR) {
          near = k;
        }
      }
    }
    if (near >= 0) {
      solved(dual, dual.get(DualState.LADDER + near));
    }
  }

  /** Decides, after a round whose values are at {@link DualState#KL}, on η or the next ladder. */
  static void bracket(FloatArray control, FloatArray dual, int round) {
    float bound = control.get(ArturoConstants.KL_BOUND);
    int k = crossing(dual, bound);
    float low = min(control);
    float high = MAX;
    if (k >= 0) {
      low = dual.get(DualState.LADDER + k);
    }
    if (k < LAST) {
      high = dual.get(DualState.LADDER + k + 1);
    }
    float width = TornadoMath.log(high / low);
    // One decision after the other, then one action: TornadoVM 5.2 compiles a chain of else-ifs with && to C in which
    // some paths run two of its branches.
    int action = LAY;
    if (round == ROUNDS) {
      action = SKIP;
    }
    if (width <= SPACING * 1.01f) {
      action = INTERPOLATE;
    }
    if (k < 0) {
      action = width <= 0f ? LIMIT : Math.min(action, LAY);
    }
    if (k == LAST) {
      action = width <= 0f ? SKIP : Math.min(action, LAY);
    }
    if (action == INTERPOLATE) {
      interpolate(dual, bound, k);
    }
    if (action == LIMIT) {
      solved(dual, low); // see the class comment
    }
    if (action == SKIP) {
      skip(dual);
    }
    if (action == LAY) {
      ladder(dual, low, high);
    }
  }

  /** The last k with KL &gt; ε at all points 0..k, −1 if there is none; NaN counts as greater. */
  private static int crossing(FloatArray dual, float bound) {
    int k = -1;
    boolean above = true;
    for (int j = 0; j <= LAST; j++) {
      if (dual.get(DualState.KL + j) < bound) { // strict: TornadoVM 5.2 takes NaN <= x for true
        above = false;
      }
      if (above) {
        k = j;
      }
    }
    return k;
  }

  /** The sum over all chunks of the k-th of their sums. */
  private static float total(DoubleArray sums, int chunks, int k) {
    double total = 0.0;
    for (int c = 0; c < chunks; c++) {
      total += sums.get(c * Lanes.SUMS + k);
    }
    return (float) total;
  }

  /** η below which KL_mean(η) ≥ 0.99·KL_mean(0), whatever the state: 1/(1 + ηλ/ĥ)² ≥ 1 − 2ηλ/ĥ. */
  static float min(FloatArray control) {
    return 0.004f * control.get(ArturoConstants.MIN_CURVATURE) / control.get(ArturoConstants.MAX_PRECISION);
  }

  /** Lays the first ladder, up or down from the last η, where KL is {@code excess} times ε. */
  private static void leave(FloatArray control, FloatArray dual, float excess) {
    float nearest = dual.get(DualState.CENTER) * TornadoMath.sqrt(Math.min(excess, 1e30f)); // ∞, too
    float low = nearest;
    if (excess < 1f) {
      low = nearest * DOWN;
    }
    low = Math.max(low, min(control));
    ladder(dual, Math.min(low, MAX * DOWN), Math.min(low / DOWN, MAX));
  }

  /** Lays the points from {@code low} to {@code high}, in equal ratios. */
  static void ladder(FloatArray dual, float low, float high) {
    float logLow = TornadoMath.log(low);
    float spacing = (TornadoMath.log(high) - logLow) / LAST;
    dual.set(DualState.LADDER, low);
    for (int k = 1; k < LAST; k++) {
      dual.set(DualState.LADDER + k, TornadoMath.exp(logLow + k * spacing));
    }
    dual.set(DualState.LADDER + LAST, high);
  }

  /** Solves the cubic for ln KL = ln ε between points k and k + 1. */
  private static void interpolate(FloatArray dual, float bound, int k) {
    int s = Math.min(Math.max(k - 1, 0), LAST - 3);
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

  /** Ends the search with that η; the next step's expansion is around it, and may not overflow there. */
  static void solved(FloatArray dual, float eta) {
    dual.set(DualState.ETA, eta);
    dual.set(DualState.SOLVED, 1f);
    if (eta > 0f) { // otherwise the last positive one stays
      dual.set(DualState.CENTER, Math.min(Math.max(eta, 1e-12f), MAX_CENTER));
    }
  }

  private static void skip(FloatArray dual) {
    dual.set(DualState.SKIP, 1f);
    dual.set(DualState.SOLVED, 1f);
  }
}
