// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.models.Weights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the files of a run, which may be at work. */
public final class RunReader {
  private RunReader() {}

  /**
   * The configuration of a run.
   *
   * @throws InputException if the folder is no run
   */
  public static RunConfig config(Path folder) {
    Path file = folder.resolve(RunFiles.CONFIG);
    if (!Files.exists(file)) {
      throw new InputException(
          "'" + folder + "' holds no run: "
              + (Files.isDirectory(folder) ? "it has no " + RunFiles.CONFIG : "there is no such folder")
              + "; name the folder of one, as 'arturo train' has printed it");
    }
    return Experiments.read(
        file, RunConfig.class, "; the file is not as the training wrote it: undo what was changed");
  }

  /** Whether a folder holds a run that came to a checkpoint. */
  public static boolean hasCheckpoint(Path folder) {
    return Files.exists(folder.resolve(RunFiles.CHECKPOINT));
  }

  /**
   * The rows of the epochs that a run has finished; none where there is no run.
   *
   * @throws InputException if its metrics cannot be read, or are not a run's or not those of its checkpoint
   */
  public static List<EpochRow> rows(Path folder) {
    Path checkpoint = folder.resolve(RunFiles.CHECKPOINT);
    List<EpochRow> known = Files.exists(checkpoint) ? new CheckpointFile(checkpoint).rows() : null;
    return new MetricsCsv(folder.resolve(RunFiles.METRICS)).read(known);
  }

  /**
   * The epochs that are done, evaluation included, as the checkpoint of a run tells them.
   *
   * @throws InputException if there is none, or it cannot be read
   */
  public static int epochs(Path folder) {
    return new CheckpointFile(folder.resolve(RunFiles.CHECKPOINT)).epochs();
  }

  /**
   * The training images, as the checkpoint of a run tells them; nothing if there is none.
   *
   * @throws InputException if it cannot be read
   */
  public static Optional<Fingerprint> trainingImages(Path folder) {
    Path checkpoint = folder.resolve(RunFiles.CHECKPOINT);
    return Files.exists(checkpoint) ? Optional.of(new CheckpointFile(checkpoint).images()) : Optional.empty();
  }

  /**
   * The weights of a run: those of its best epoch if it has chosen one, else those of its last.
   *
   * @throws InputException if there are none, or they are another run's
   */
  public static Weights weights(Path folder, RunConfig config) {
    Path best = folder.resolve(RunFiles.BEST);
    Path path = Files.exists(best) ? best : folder.resolve(RunFiles.MODEL);
    if (!Files.exists(path)) {
      throw new InputException(
          "'" + folder + "' has no " + RunFiles.MODEL
              + ": no epoch of it was finished; go on with it by train --resume");
    }
    try (WeightFile file = WeightFile.open(path)) {
      file.checkRun(config);
      return file.weights(config.network());
    }
  }
}
