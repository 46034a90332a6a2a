// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.StepRow;

/**
 * Is told what a training does, in the thread that trains; what it is told comes to every listener of a training, in the
 * order of their list, before the training goes on. A listener that throws ends the training with what it throws.
 *
 * <p>The order of calls: {@link #started}; of a training that begins, {@link #checkpointed} before its first step; then,
 * for each epoch, {@link #epochStarted}, {@link #stepDone} after each step, {@link #stepsMeasured} after some, {@link
 * #evaluating} before each batch of an evaluation, {@link #stepEvaluated} where one follows a step, {@link #epochDone} and
 * {@link #checkpointed}; at last {@link #stopped} or {@link #failed}. One that is asked to stop within an epoch is
 * checkpointed where it stands.
 */
public interface TrainingListener {
  /** The device has been given the training's graphs; the first step is to come. */
  default void started(TrainingStart start) {}

  /**
   * An epoch begins, or is gone on with.
   *
   * @param epoch from 1
   * @param steps of the whole epoch
   */
  default void epochStarted(int epoch, int steps) {}

  /**
   * A step is done.
   *
   * @param step steps of the epoch that are done
   * @param seconds wall time of the step
   * @param images images of the step
   */
  default void stepDone(int step, double seconds, int images) {}

  /**
   * What steps have come to; told after the first step of an epoch, or of what is left of it, then at most twice a second.
   *
   * @param means of the steps since it was told last
   */
  default void stepsMeasured(StepMeans means) {}

  /** A batch of an evaluation is next. */
  default void evaluating() {}

  /** The training was evaluated after a step, as its experiment wants. */
  default void stepEvaluated(StepRow row) {}

  /** An epoch is done, and evaluated. */
  default void epochDone(EpochResult epoch) {}

  /** The training can go on from here, should it be interrupted; what is to outlive the process has to be stored now. */
  default void checkpointed(Checkpoint reached) {}

  /** Something that does not stop the training, in one line. */
  default void warning(String line) {}

  /** The training has ended: all its epochs are done, or it was asked to stop. */
  default void stopped(TrainingResult result) {}

  /** The training has ended otherwise; what is thrown goes to its caller after this. */
  default void failed(Throwable failure) {}
}
