// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.run.BestEpoch;
import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.Provenance;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.run.StepRow;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.metric.Metric;
import java.util.function.Consumer;

/** Keeps a training in its run folder: weights, those of the best epoch, precisions, row and plot of each, and checkpoints. */
final class RunRecorder implements TrainingListener {
  private final RunFolder folder;
  private final Provenance provenance;
  private final Metric chooses;
  private final Consumer<String> warnings;
  private Network network;
  private boolean hasPrecision;
  private boolean roomChecked;
  private boolean epochEnded;

  /**
   * Of a training into that folder.
   *
   * @param provenance of the training, which its files tell
   * @param chooses the metric whose best epoch's weights are kept; null if none are
   * @param warnings takes what does not stop it
   */
  RunRecorder(RunFolder folder, Provenance provenance, Metric chooses, Consumer<String> warnings) {
    this.folder = folder;
    this.provenance = provenance;
    this.chooses = chooses;
    this.warnings = warnings;
  }

  @Override
  public void started(TrainingStart start) {
    network = start.network();
    hasPrecision = start.hasPrecision();
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    if (!roomChecked) {
      roomChecked = true; // with a checkpoint there, whose size counts
      folder.shortage(network, hasPrecision, chooses != null).ifPresent(warnings);
    }
  }

  @Override
  public void stepEvaluated(StepRow row) {
    folder.writeStep(row);
  }

  @Override
  public void epochDone(EpochResult epoch) {
    folder.writeEpoch(network, epoch.state(), epoch.precision(), epoch.row(), provenance);
    folder.writeDiagnoses(epoch.row().epoch(), epoch.diagnoses());
    if (chooses != null && BestEpoch.of(folder.rows(), chooses).epoch() == epoch.row().epoch()) {
      folder.writeBest(network, epoch.state(), epoch.precision(), epoch.row(), provenance);
    }
    epochEnded = true;
  }

  @Override
  public void checkpointed(Checkpoint reached) {
    folder.writeCheckpoint(reached, provenance);
    if (epochEnded) {
      epochEnded = false;
      folder.writePlot().ifPresent(warnings);
    }
  }
}
