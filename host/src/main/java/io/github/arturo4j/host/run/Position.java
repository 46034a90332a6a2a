// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

/**
 * Where a training stands.
 *
 * @param epoch the epoch to go on with, from 1
 * @param step steps of it that are done; all of them if only its evaluation is to come
 */
public record Position(int epoch, int step) {
  /** Nothing is done yet. */
  public static final Position START = new Position(1, 0);

  /** The beginning of the next epoch. */
  public Position nextEpoch() {
    return new Position(epoch + 1, 0);
  }

  /** Epochs that are done, evaluation included. */
  public int epochs() {
    return epoch - 1;
  }
}
