// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tensorboard;

import io.github.arturo4j.host.events.Scalars;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.protobuf.ProtoMessage;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.run.StepRow;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.StepMeans;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.host.train.TrainingStart;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes curves of a training for TensorBoard into its run folder, over the steps of the whole training. A training that goes on
 * writes another file, which makes void what those before have of later steps.
 */
public final class TensorBoardLog implements TrainingListener {
  private final RunFolder folder;
  private final Consumer<String> warn;
  private final InstantSource clock;
  private TrainingPlan plan;
  private Path path;
  private RecordFile file;

  /**
   * Of the training in that folder.
   *
   * @param warn takes a line, once, if what comes after the beginning cannot be written
   * @param clock tells the time of an event
   */
  public TensorBoardLog(RunFolder folder, Consumer<String> warn, InstantSource clock) {
    this.folder = folder;
    this.warn = warn;
    this.clock = clock;
  }

  /**
   * Begins the file.
   *
   * @throws OperationException if it cannot be written; one line
   */
  @Override
  public void started(TrainingStart start) {
    plan = start.plan();
    long next = (start.position().epoch() - 1L) * start.steps() + start.position().step() + 1;
    try {
      path = EventFileName.next(folder.path(), clock.instant());
      file = new RecordFile(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
      file.write(EventMessage.version(clock.instant(), next));
      file.write(EventMessage.start(clock.instant(), next));
    } catch (IOException e) {
      throw new OperationException(
          "cannot write into '" + folder.path() + "': " + Reason.of(e) + "; " + Reason.remedy(e) + ", or leave out --tensorboard", e);
    }
  }

  @Override
  public void stepsMeasured(StepMeans means) {
    write(means.stepsOfTraining(), Scalars.of(means, plan.report().eta()));
  }

  @Override
  public void stepEvaluated(StepRow row) {
    write(row.step(), Scalars.of(row));
  }

  @Override
  public void epochDone(EpochResult epoch) {
    write(epoch.state().steps(), Scalars.of(epoch.row()));
  }

  private void write(long step, Map<String, Double> values) {
    if (file == null || values.isEmpty()) {
      return;
    }
    ProtoMessage event = EventMessage.scalars(clock.instant(), step, values);
    try {
      file.write(event);
    } catch (IOException e) {
      close();
      warn.accept("Warning: cannot write '" + path + "': " + Reason.of(e) + "; the training goes on without it");
    }
  }

  @Override
  public void stopped(TrainingResult result) {
    close();
  }

  @Override
  public void failed(Throwable failure) {
    close();
  }

  private void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // Each record was written when it was made.
      }
      file = null;
    }
  }
}
