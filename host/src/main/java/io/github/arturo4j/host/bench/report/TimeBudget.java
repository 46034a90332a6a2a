// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import java.util.function.LongSupplier;

/**
 * The time of a report, which its parts share by weight. What a part does not use is the later ones', and what it takes too much is
 * theirs, too. Not thread-safe.
 */
final class TimeBudget {
  private static final double NANO = 1e-9;

  private final LongSupplier clock;
  private final long start;
  private final double seconds;
  private double weight;
  private double partEnd;

  /**
   * Begins.
   *
   * @param seconds of all parts
   * @param weight of all parts
   * @param clock nanoseconds, as {@link System#nanoTime}
   */
  TimeBudget(double seconds, double weight, LongSupplier clock) {
    this.seconds = seconds;
    this.weight = weight;
    this.clock = clock;
    start = clock.getAsLong();
  }

  /** Seconds since the beginning. */
  double spent() {
    return (clock.getAsLong() - start) * NANO;
  }

  /** The next part begins. */
  void begin(double partWeight) {
    double left = Math.max(0, seconds - spent());
    partEnd = spent() + left * partWeight / weight;
    weight -= partWeight;
  }

  /**
   * Seconds for the next of so many things that the part has still to do.
   *
   * @return not positive if there is no time for any of them
   */
  double share(int things) {
    return (partEnd - spent()) / things;
  }
}
