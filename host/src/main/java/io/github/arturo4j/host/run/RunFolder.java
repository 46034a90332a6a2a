// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.plan.TrainingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder that a training leaves behind: {@code config.yaml}, {@code metrics.csv}, {@code model.safetensors},
 * {@code precision.safetensors} if the optimizer has precisions, {@code plot.svg} and {@code checkpoint.safetensors};
 * {@code steps.csv} if it was evaluated after steps.
 * {@link RunFolders} opens it. Files are replaced as a whole, so that at any moment {@link RunReader} can read what is
 * there. From before it reads anything until it is closed, no other training may write into it; if the folder is moved,
 * removed or taken all the same, the next write fails, and nothing of another training is overwritten.
 */
public final class RunFolder implements AutoCloseable {
  private final Path folder;
  private final FolderLock lock;
  private final MetricsCsv metrics;
  private final CheckpointFile checkpoint;
  private final List<EpochRow> rows = new ArrayList<>();
  private final List<StepRow> steps = new ArrayList<>();
  private boolean noPlot;

  /** A folder that was taken. */
  RunFolder(Path folder, FolderLock lock) {
    this.folder = folder;
    this.lock = lock;
    this.metrics = new MetricsCsv(folder.resolve(RunFiles.METRICS));
    this.checkpoint = new CheckpointFile(folder.resolve(RunFiles.CHECKPOINT));
  }

  /**
   * Begins a run, or begins it anew: rows are dropped.
   *
   * @throws IllegalArgumentException if the folder cannot be written
   */
  public void begin(RunConfig config) {
    try {
      lock.check();
      Files.deleteIfExists(folder.resolve(RunFiles.METRICS));
      Files.deleteIfExists(folder.resolve(RunFiles.DIAGNOSTICS));
      Files.deleteIfExists(folder.resolve(RunFiles.STEPS));
      write(config);
    } catch (IOException e) {
      throw RunFolders.notWritable(folder, e);
    }
  }

  /**
   * Goes on from the checkpoint: rows of later epochs and steps are dropped.
   *
   * @param config written if it is not what is there
   * @param position of the checkpoint
   * @throws IllegalArgumentException if the folder cannot be written, or its metrics are not those of the checkpoint
   */
  public void goOn(RunConfig config, TrainingPosition position) {
    try {
      lock.check();
      rows.clear();
      rows.addAll(metrics.keep(position.epochs(), checkpoint.rows()));
      steps.clear();
      steps.addAll(checkpoint.stepRows());
      writeSteps();
      if (!config.equals(config())) {
        write(config);
      }
    } catch (IOException e) {
      throw RunFolders.notWritable(folder, e);
    }
  }

  private void write(RunConfig config) throws IOException {
    AtomicFile.write(
        folder.resolve(RunFiles.CONFIG), Experiments.write(config).getBytes(StandardCharsets.UTF_8));
  }

  /** The run's configuration; errors as {@link RunReader#config}. */
  public RunConfig config() {
    return RunReader.config(folder);
  }

  /** Whether there is a checkpoint to go on from. */
  public boolean hasCheckpoint() {
    return RunReader.hasCheckpoint(folder);
  }

  /**
   * Where the run with that configuration, on those images, stands.
   *
   * @throws IllegalArgumentException if its checkpoint is damaged or of another training
   */
  public Checkpoint checkpoint(RunConfig config, Examples train) {
    Checkpoint reached = checkpoint.read(Provenance.of(config, Fingerprint.of("training", train)));
    Experiment experiment = config.experiment();
    try {
      new CheckpointCheck(
              config.network(), experiment.optimizer(config.network()), experiment.epochs(), experiment.steps(train.count()))
          .check(reached);
    } catch (IllegalArgumentException e) {
      throw checkpoint.damaged(e.getMessage(), e);
    }
    return reached;
  }

  private void writeSteps() throws IOException {
    Path file = folder.resolve(RunFiles.STEPS);
    if (steps.isEmpty()) {
      Files.deleteIfExists(file);
    } else {
      AtomicFile.write(file, StepRow.table(steps).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The evaluations after steps so far. */
  public List<StepRow> steps() {
    return List.copyOf(steps);
  }

  /** The rows of the epochs that are done. */
  public List<EpochRow> rows() {
    return List.copyOf(rows);
  }

  /** The folder's path. */
  public Path path() {
    return folder;
  }

  /**
   * Writes what an epoch has brought: weights and precisions, and its row.
   *
   * @param precision of each parameter; empty if the optimizer has none
   * @param provenance of the run, which both files tell, so that they are known for what they are in another place
   */
  public void writeEpoch(Network network, TrainingState state, float[] precision, EpochRow row, Provenance provenance) {
    Map<String, String> metadata = metadata(network, row, provenance);
    write(
        RunFiles.MODEL,
        file -> ModelFile.writeWeights(file, network, state.weights(), state.steps(), metadata));
    if (precision.length > 0) {
      write(RunFiles.PRECISION, file -> ModelFile.writePrecision(file, network, precision, metadata));
    }
    write(RunFiles.METRICS, file -> metrics.append(row));
    rows.add(row);
  }

  /** Writes what an epoch's last step tells of the optimizer; nothing of one that tells nothing. */
  public void writeDiagnoses(int epoch, List<Diagnosis> diagnoses) {
    if (!diagnoses.isEmpty()) {
      write(RunFiles.DIAGNOSTICS, file -> new DiagnosticsCsv(file).append(epoch, diagnoses));
    }
  }

  /** Writes what an evaluation after a step has brought. */
  public void writeStep(StepRow row) {
    steps.add(row);
    write(RunFiles.STEPS, file -> writeSteps());
  }

  /** Draws the plot of all rows; what is wrong, in one line, the first time that it cannot be drawn. */
  public Optional<String> writePlot() {
    if (noPlot) {
      return Optional.empty();
    }
    lock.check();
    try {
      Plot.write(folder.resolve(RunFiles.PLOT), rows);
      return Optional.empty();
    } catch (IOException e) {
      noPlot = true;
      return Optional.of(
          "cannot draw '" + folder.resolve(RunFiles.PLOT) + "': " + Reason.of(e) + "; the training goes on without it");
    }
  }

  /** Writes where a training stands. */
  public void writeCheckpoint(Checkpoint reached, Provenance provenance) {
    write(RunFiles.CHECKPOINT, file -> checkpoint.write(reached, provenance, rows, steps));
  }

  /**
   * That there is no room for the files of the next epoch beside those that are there, in one line; nothing if there is,
   * or it cannot be told.
   *
   * @param network whose weights are among them
   * @param hasPrecision whether there are precisions, too
   */
  public Optional<String> shortage(Network network, boolean hasPrecision, boolean hasBest) {
    try {
      long weights = (long) Float.BYTES * (network.parameterCount() + network.bufferCount());
      long needed = Files.size(folder.resolve(RunFiles.CHECKPOINT));
      needed += Files.exists(folder.resolve(RunFiles.MODEL)) ? 0 : weights;
      needed += !hasBest || Files.exists(folder.resolve(RunFiles.BEST)) ? 0 : weights;
      needed += !hasPrecision || Files.exists(folder.resolve(RunFiles.PRECISION)) ? 0 : weights;
      needed += !hasPrecision || !hasBest || Files.exists(folder.resolve(RunFiles.BEST_PRECISION)) ? 0 : weights;
      return Room.of(folder, needed).shortage();
    } catch (IOException e) {
      return Optional.empty(); // not every file system tells
    }
  }

  private static Map<String, String> metadata(Network network, EpochRow row, Provenance provenance) {
    return Map.of(
        "model", network.name(), ModelFile.EPOCH, Integer.toString(row.epoch()), "format", "pt", Provenance.KEY,
        provenance.text());
  }

  /**
   * Writes the weights of the best epoch so far, and their precisions.
   *
   * @param precision of each parameter; empty if the optimizer has none
   */
  public void writeBest(Network network, TrainingState state, float[] precision, EpochRow row, Provenance provenance) {
    Map<String, String> metadata = metadata(network, row, provenance);
    if (precision.length > 0) {
      write(RunFiles.BEST_PRECISION, file -> ModelFile.writePrecision(file, network, precision, metadata));
    }
    write(
        RunFiles.BEST,
        file -> ModelFile.writeWeights(file, network, state.weights(), state.steps(), metadata));
  }

  /** Writes a text as another file of the run. */
  public void write(String name, String text) {
    write(name, file -> AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** How a file is written. */
  private interface Writing {
    void write(Path file) throws IOException;
  }

  private void write(String name, Writing writing) {
    Path file = folder.resolve(name);
    lock.check();
    try {
      writing.write(file);
    } catch (IOException e) {
      lock.check(); // if the folder is gone, that is why
      throw new OperationException(
          "cannot write '" + file + "': " + Reason.of(e) + "; the last checkpoint, if any, is untouched: "
              + Reason.remedy(e) + ", then go on with --resume", e);
    }
  }

  /** Lets other trainings have the folder. */
  @Override
  public void close() {
    lock.close();
  }
}
