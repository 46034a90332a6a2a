// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import java.util.List;

/**
 * A multi-step schedule: the rate is multiplied by a factor after each milestone.
 *
 * @param milestones epochs after which the rate falls, rising
 * @param factor what it is multiplied by, in (0, 1]
 */
public record Schedule(List<Integer> milestones, double factor) {
  /** Checks the values. */
  public Schedule {
    milestones = List.copyOf(milestones);
    if (!(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException("schedule.factor is " + factor + "; it must be in (0, 1]");
    }
    for (int i = 0; i < milestones.size(); i++) {
      if (milestones.get(i) < 1 || i > 0 && milestones.get(i) <= milestones.get(i - 1)) {
        throw new IllegalArgumentException(
            "schedule.milestones is " + milestones + "; the epochs must be positive and rising");
      }
    }
  }

  /** The rate of an epoch, counted from 1, for the initial rate. */
  public double rate(double initial, int epoch) {
    long passed = milestones.stream().filter(milestone -> epoch > milestone).count();
    return initial * Math.pow(factor, passed);
  }
}
