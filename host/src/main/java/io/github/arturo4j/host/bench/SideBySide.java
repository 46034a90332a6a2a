// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The times of a work here and in PyTorch, in seconds, part by part.
 *
 * @param theirs null without PyTorch
 */
record SideBySide(double[] ours, double[] theirs) {
  private static final int ROUNDS = 2;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(300); // Intel's OpenMP spins for 200

  /**
   * Times a work; with PyTorch in turns, so that both see the same machine, and the best of each part counts.
   *
   * @param peer null for none
   * @param work the same for PyTorch
   */
  static SideBySide measure(Supplier<double[]> ours, PyTorch peer, Work work) {
    double[] here = ours.get();
    if (peer == null) {
      return new SideBySide(here, null);
    }
    double[] there = theirs(peer, here.length, work);
    for (int round = 1; round < ROUNDS; round++) {
      keepMin(here, ours.get());
      keepMin(there, theirs(peer, here.length, work));
    }
    return new SideBySide(here, there);
  }

  /** PyTorch's times, while neither side's threads still spin in wait of work from the turn before. */
  static double[] theirs(PyTorch peer, int count, Work work) {
    LockSupport.parkNanos(PAUSE);
    double[] times = peer.time(count, work);
    LockSupport.parkNanos(PAUSE);
    return times;
  }

  private static void keepMin(double[] best, double[] times) {
    for (int i = 0; i < best.length; i++) {
      best[i] = Math.min(best[i], times[i]);
    }
  }

  /** How many times as long PyTorch takes for a part. */
  double ratio(int part) {
    return theirs[part] / ours[part];
  }
}
