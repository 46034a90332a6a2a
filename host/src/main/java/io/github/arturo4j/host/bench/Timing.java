// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import java.util.Arrays;

/** Times something that is warm. */
final class Timing {
  private Timing() {}

  /** Median seconds of a run; about as long as told is spent to warm up, and as long to measure. */
  static double medianWithin(double seconds, Runnable body) {
    body.run(); // compiles
    long start = System.nanoTime();
    body.run();
    double one = (System.nanoTime() - start) * 1e-9;
    int runs = (int) Math.clamp(seconds / one, 3.0, 999.0);
    return median(runs, runs, body);
  }

  /** Median seconds of a run, after a warm-up. */
  static double median(int warmUp, int runs, Runnable body) {
    for (int i = 0; i < warmUp; i++) {
      body.run();
    }
    double[] seconds = new double[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      body.run();
      seconds[i] = (System.nanoTime() - start) * 1e-9;
    }
    Arrays.sort(seconds);
    return seconds[runs / 2];
  }
}
