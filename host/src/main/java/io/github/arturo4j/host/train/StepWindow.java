// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.models.plan.TrainingMetrics;
import java.util.concurrent.TimeUnit;

/**
 * Gathers what steps come to, from one time that listeners are told to the next: after the first step of an epoch, then at
 * most twice a second.
 */
final class StepWindow {
  /** A diverged training stops within that time, or the time of a step where that is longer; a look costs a transfer. */
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private boolean first;
  private long told;
  private int steps;
  private double seconds;
  private double lossSum;
  private double weight;
  private long examples;

  /** An epoch begins, or is gone on with. */
  void epochStarted() {
    first = true;
  }

  /** A step is done in that wall time. */
  void stepDone(double stepSeconds) {
    steps++;
    seconds += stepSeconds;
  }

  /**
   * Whether it is time to ask the plan for its losses, and to tell.
   *
   * @param nanos now, by a clock that knows no leaps
   */
  boolean isDue(long nanos) {
    return first || nanos - told >= INTERVAL_NANOS;
  }

  /** Takes what the plan has summed up since it was asked last. */
  void add(TrainingMetrics sums) {
    lossSum += sums.lossSum();
    weight += sums.weight();
    examples += sums.examples();
  }

  /** What the steps have come to, and begins anew; the parameters are where the training stands and when. */
  StepMeans tell(int epoch, int step, int stepsOfEpoch, long nanos) {
    StepMeans means = new StepMeans(epoch, step, stepsOfEpoch, lossSum / weight, seconds / steps, examples / seconds);
    first = false;
    told = nanos;
    steps = 0;
    seconds = 0;
    lossSum = 0;
    weight = 0;
    examples = 0;
    return means;
  }
}
