// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import java.util.Arrays;

/** Times something that is warm. */
final class Timing {
  /** Seconds after which C2 has compiled what is called all the time; a number of calls says nothing of that. */
  private static final double WARM_UP = 0.3;

  private static final int MIN_RUNS = 3;

  private Timing() {}

  /** Median seconds of as many runs as take about that long, after a warm-up. */
  static double medianWithin(double seconds, Runnable body) {
    warmUp(WARM_UP, body);
    double one = seconds(body);
    return medianOf((int) Math.clamp(seconds / one, MIN_RUNS, 999.0), body);
  }

  /** Median seconds of that many runs, after a warm-up. */
  static double median(int runs, Runnable body) {
    return median(WARM_UP, runs, body);
  }

  /** The same after a warm-up of so many seconds. */
  static double median(double warmUp, int runs, Runnable body) {
    warmUp(warmUp, body);
    return medianOf(runs, body);
  }

  private static void warmUp(double seconds, Runnable body) {
    double spent = 0;
    for (int i = 0; i < MIN_RUNS || spent < seconds; i++) {
      spent += seconds(body);
    }
  }

  private static double medianOf(int runs, Runnable body) {
    double[] seconds = new double[runs];
    Arrays.setAll(seconds, i -> seconds(body));
    return median(seconds);
  }

  /** The value in the middle, or the one behind it. */
  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double seconds(Runnable body) {
    long start = System.nanoTime();
    body.run();
    return (System.nanoTime() - start) * 1e-9;
  }
}
