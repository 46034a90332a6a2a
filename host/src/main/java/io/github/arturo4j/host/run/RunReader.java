// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.RegularFile;
import io.github.arturo4j.models.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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
   * What the last step of each epoch told of the optimizer; nothing of one that tells nothing.
   *
   * @throws InputException if it cannot be read
   */
  public static List<Diagnosis> diagnoses(Path folder) {
    return new DiagnosticsCsv(folder.resolve(RunFiles.DIAGNOSTICS)).read();
  }

  /**
   * The estimated curvature of each weight where the run stands, group by group; none if its optimizer has none.
   *
   * @throws InputException if the checkpoint cannot be read
   */
  public static float[] curvatures(Path folder) {
    return floats(folder.resolve(RunFiles.CHECKPOINT), name -> name.endsWith("curvature"));
  }

  /**
   * The standard deviation of each weight's Gaussian, 1/√λ; none if the run has no precisions.
   *
   * @throws InputException if they cannot be read
   */
  public static float[] deviations(Path folder) {
    float[] values = floats(folder.resolve(RunFiles.PRECISION), name -> true);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1 / Math.sqrt(values[i]));
    }
    return values;
  }

  /** The tensors of those names, one behind the other; none if there is no file. */
  private static float[] floats(Path path, Predicate<String> names) {
    if (!Files.exists(path)) {
      return new float[0];
    }
    try (SafetensorsFile file = SafetensorsFile.read(path)) {
      List<float[]> found =
          file.names().stream().filter(names).filter(file::isFloats).map(name -> file.floats(name).data()).toList();
      float[] all = new float[found.stream().mapToInt(values -> values.length).sum()];
      int at = 0;
      for (float[] values : found) {
        System.arraycopy(values, 0, all, at, values.length);
        at += values.length;
      }
      return all;
    }
  }

  /**
   * The evaluations after steps of a run; none where there are none.
   *
   * @throws InputException if they cannot be read or are not as the training wrote them; one line
   */
  public static List<StepRow> steps(Path folder) {
    Path file = folder.resolve(RunFiles.STEPS);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      RegularFile.check(file);
      return StepRow.parse(Files.readString(file));
    } catch (IOException e) {
      throw new InputException(
          "cannot read '" + file + "': " + Reason.of(e) + "; put back the file that the training wrote", e);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "'" + file + "' was altered: " + e.getMessage() + "; put back the file that the training wrote", e);
    }
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
    return Files.exists(best) ? weights(folder, best, config) : lastWeights(folder, config);
  }

  /** Those of its last epoch; errors as {@link #weights}. */
  public static Weights lastWeights(Path folder, RunConfig config) {
    return weights(folder, folder.resolve(RunFiles.MODEL), config);
  }

  private static Weights weights(Path folder, Path path, RunConfig config) {
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
