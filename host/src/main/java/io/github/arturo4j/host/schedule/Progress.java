// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

/**
 * Which step of a training is made.
 *
 * @param step steps that were made before it
 * @param stepsPerEpoch steps of an epoch, at least 1
 * @param totalSteps steps of the whole training
 */
public record Progress(long step, int stepsPerEpoch, long totalSteps) {
  /** Checks the values. */
  public Progress {
    if (step < 0 || stepsPerEpoch < 1) {
      throw new IllegalArgumentException("step " + step + " of a training of " + stepsPerEpoch + " steps an epoch");
    }
  }

  /**
   * That of a training in epochs.
   *
   * @param epoch from 1
   * @param step of the epoch, from 0
   */
  public static Progress of(int epoch, int step, int stepsPerEpoch, int epochs) {
    return new Progress((epoch - 1L) * stepsPerEpoch + step, stepsPerEpoch, (long) epochs * stepsPerEpoch);
  }

  /** The same as seen from what begins after so many steps. */
  Progress after(long steps) {
    return new Progress(step - steps, stepsPerEpoch, totalSteps - steps);
  }
}
