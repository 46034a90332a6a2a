// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The times of a work here and in PyTorch, part by part.
 *
 * @param ours of the work's parts, and perhaps of others behind them
 * @param theirs medians, in seconds; null without PyTorch
 */
record SideBySide(List<Times> ours, double[] theirs) {
  /** Turns of each side where there is time. */
  static final int ROUNDS = 2;

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(300); // Intel's OpenMP spins for 200

  /**
   * Times a work; with PyTorch in turns, so that both see the same machine, and the best of each part counts.
   *
   * @param rounds turns of each side
   * @param peer null for none
   * @param work the same for PyTorch
   */
  static SideBySide measure(int rounds, Supplier<List<Times>> ours, PyTorch peer, Work work) {
    List<Times> here = ours.get();
    if (peer == null) {
      return new SideBySide(here, null);
    }
    double[] there = theirs(peer, work);
    for (int round = 1; round < rounds; round++) {
      here = faster(here, ours.get());
      keepMin(there, theirs(peer, work));
    }
    return new SideBySide(here, there);
  }

  /** PyTorch's times, while neither side's threads still spin in wait of work from the turn before. */
  static double[] theirs(PyTorch peer, Work work) {
    LockSupport.parkNanos(PAUSE);
    double[] times = peer.time(work.parts(), work);
    LockSupport.parkNanos(PAUSE);
    return times;
  }

  private static List<Times> faster(List<Times> best, List<Times> more) {
    List<Times> faster = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      faster.add(best.get(i).orFaster(more.get(i)));
    }
    return faster;
  }

  private static void keepMin(double[] best, double[] times) {
    for (int i = 0; i < best.length; i++) {
      best[i] = Math.min(best[i], times[i]);
    }
  }

  /** PyTorch's time of a part; null without it. */
  Double theirs(int part) {
    return theirs == null ? null : theirs[part];
  }
}
