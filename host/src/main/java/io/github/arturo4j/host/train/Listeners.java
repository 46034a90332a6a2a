// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.StepRow;
import java.util.List;

/**
 * Tells several listeners, one after the other.
 *
 * @param all in this order
 */
record Listeners(List<TrainingListener> all) implements TrainingListener {
  Listeners {
    all = List.copyOf(all);
  }

  @Override
  public void started(TrainingStart start) {
    all.forEach(listener -> listener.started(start));
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    all.forEach(listener -> listener.epochStarted(epoch, steps));
  }

  @Override
  public void stepDone(int step, double seconds, int images) {
    all.forEach(listener -> listener.stepDone(step, seconds, images));
  }

  @Override
  public void stepsMeasured(StepMeans means) {
    all.forEach(listener -> listener.stepsMeasured(means));
  }

  @Override
  public void evaluating() {
    all.forEach(TrainingListener::evaluating);
  }

  @Override
  public void stepEvaluated(StepRow row) {
    all.forEach(listener -> listener.stepEvaluated(row));
  }

  @Override
  public void epochDone(EpochResult epoch) {
    all.forEach(listener -> listener.epochDone(epoch));
  }

  @Override
  public void checkpointed(Checkpoint reached) {
    all.forEach(listener -> listener.checkpointed(reached));
  }

  @Override
  public void warning(String line) {
    all.forEach(listener -> listener.warning(line));
  }

  @Override
  public void stopped(TrainingResult result) {
    all.forEach(listener -> listener.stopped(result));
  }

  /** Tells every one; what they throw of their own goes with the failure, which is what counts. */
  @Override
  public void failed(Throwable failure) {
    for (TrainingListener listener : all) {
      try {
        listener.failed(failure);
      } catch (RuntimeException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
