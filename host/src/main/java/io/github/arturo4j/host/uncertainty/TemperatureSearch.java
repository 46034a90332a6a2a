// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import java.util.function.DoubleUnaryOperator;

/**
 * The temperature at which a loss is least: from the best of a ladder of powers of √10 by golden section (Kiefer 1953) in log T,
 * to a twentieth.
 */
public final class TemperatureSearch {
  private static final int LOWEST = -10;
  private static final int HIGHEST = 2;
  private static final int STEPS = 6;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private TemperatureSearch() {}

  /**
   * A temperature and what it costs.
   *
   * @param loss at it
   */
  public record Found(double temperature, double loss) {}

  /**
   * The best temperature from 10⁻⁵ to 10.
   *
   * @param loss of a temperature; the same for the same
   */
  public static Found of(DoubleUnaryOperator loss) {
    Found best = at(LOWEST, loss);
    double center = LOWEST;
    for (int i = LOWEST + 1; i <= HIGHEST; i++) {
      Found next = at(i, loss);
      if (next.loss < best.loss) {
        best = next;
        center = i;
      }
    }
    double low = Math.max(LOWEST, center - 1);
    double high = Math.min(HIGHEST, center + 1);
    double first = high - GOLDEN * (high - low);
    double second = low + GOLDEN * (high - low);
    Found atFirst = at(first, loss);
    Found atSecond = at(second, loss);
    for (int step = 0; step < STEPS; step++) {
      if (atFirst.loss <= atSecond.loss) {
        high = second;
        second = first;
        atSecond = atFirst;
        first = high - GOLDEN * (high - low);
        atFirst = at(first, loss);
      } else {
        low = first;
        first = second;
        atFirst = atSecond;
        second = low + GOLDEN * (high - low);
        atSecond = at(second, loss);
      }
      best = better(best, better(atFirst, atSecond));
    }
    return best;
  }

  private static Found at(double halfPower, DoubleUnaryOperator loss) {
    double temperature = Math.pow(10, halfPower / 2);
    return new Found(temperature, loss.applyAsDouble(temperature));
  }

  private static Found better(Found a, Found b) {
    return b.loss < a.loss ? b : a;
  }
}
