// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.run.EpochRow;

/** What a trainer tells while it works, in the thread that trains. */
public interface Progress {
  /** An epoch of that many steps begins. */
  default void epochStarted(int epoch, int steps) {}

  /**
   * A step is done.
   *
   * @param seconds wall time of the step
   * @param images images of the step
   */
  default void stepDone(int step, double seconds, int images) {}

  /** Something that does not stop the training, in one line. */
  default void warning(String line) {}

  /** An epoch is done and evaluated. */
  default void epochDone(EpochRow row) {}
}
