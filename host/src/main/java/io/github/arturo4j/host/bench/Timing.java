// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import java.util.Arrays;

/** Times something that is warm. */
final class Timing {
  private Timing() {}

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
