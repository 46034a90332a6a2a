// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

/**
 * Where a training stands.
 *
 * @param epoch the epoch to go on with, from 1
 * @param step steps of it that are done; all of them if only its evaluation is to come
 */
public record TrainingPosition(int epoch, int step) {
  /** Nothing is done yet. */
  public static final TrainingPosition START = new TrainingPosition(1, 0);

  /** The beginning of the next epoch. */
  public TrainingPosition nextEpoch() {
    return new TrainingPosition(epoch + 1, 0);
  }

  /** Epochs that are done, evaluation included. */
  public int epochs() {
    return epoch - 1;
  }
}
