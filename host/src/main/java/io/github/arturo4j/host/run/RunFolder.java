// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.github.arturo4j.host.config.Experiment;
import io.github.arturo4j.host.config.Experiments;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.models.ImageSet;
import io.github.arturo4j.models.ModelZoo;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TrainingState;
import io.github.arturo4j.models.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder that a training leaves behind: {@code config.yaml}, {@code metrics.csv},
 * {@code model.safetensors}, {@code precision.safetensors} if the optimizer has precisions, {@code plot.png} and
 * {@code checkpoint.safetensors}. Files are replaced as a whole, so that at any moment what is there can be read; until
 * it is closed, no other training may write into it.
 */
public final class RunFolder implements AutoCloseable {
  private static final String CONFIG = "config.yaml";
  private static final String MODEL = "model.safetensors";
  private static final String PRECISION = "precision.safetensors";
  private static final String PLOT = "plot.png";
  private static final String CHECKPOINT = "checkpoint.safetensors";

  private static final String ROOM =
      "; the last checkpoint, if any, is untouched: make room or make the folder writable, then go on with --resume";

  private final Path folder;
  private final FolderLock lock;
  private final MetricsCsv metrics;
  private List<EpochRow> earlier = List.of();
  private long deviceBytes;
  private boolean noPlot;

  /**
   * What is in a run's {@code config.yaml}.
   *
   * @param classes classes of the network; null, in runs of earlier versions, for as many as its data set has
   * @param weights the file of the weights that it began with; null for random ones
   * @param limitTrain how many of the training images are used; null for all
   * @param limitTest how many of the test images are used; null for all
   * @param environment versions and device of the run's beginning
   */
  public record Config(
      Experiment experiment,
      @JsonInclude(JsonInclude.Include.NON_NULL) Integer classes,
      @JsonInclude(JsonInclude.Include.NON_NULL) InitialWeights weights,
      @JsonSetter(nulls = Nulls.SET) Integer limitTrain,
      @JsonSetter(nulls = Nulls.SET) Integer limitTest,
      Map<String, String> environment) {
    /** Checks the values. */
    public Config {
      if (classes != null && (classes < 2 || classes > 256)) {
        throw new IllegalArgumentException("classes is " + classes + "; it must be between 2 and 256");
      }
    }

    /** The run's network. */
    public Network network() {
      String model = experiment.model();
      return classes == null ? ModelZoo.create(model) : ModelZoo.create(model, classes);
    }
  }

  private RunFolder(Path folder) throws IOException {
    this.folder = folder;
    this.lock = FolderLock.take(folder);
    this.metrics = metrics(folder);
  }

  private static MetricsCsv metrics(Path folder) {
    return new MetricsCsv(folder.resolve("metrics.csv"));
  }

  /**
   * Makes the folder of a new run and writes its configuration. One in which a run was begun that came to nothing,
   * not even to its first checkpoint, counts as empty.
   *
   * @throws IllegalArgumentException if the folder has something in it or cannot be written
   * @throws IllegalStateException if another training has it
   */
  public static RunFolder create(Path folder, Config config) {
    try {
      if (Files.exists(folder)) {
        if (!Files.isDirectory(folder)) {
          throw new IllegalArgumentException("--out '" + folder + "' is a file; name a new folder");
        }
        if (!isEmpty(folder)) {
          throw new IllegalArgumentException(
              "--out '" + folder + "' is not empty; nothing was changed: name a new folder");
        }
      }
      Files.createDirectories(folder);
      return open(folder, config, 0);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot write to --out '" + folder + "': " + Reason.of(e) + "; name a folder that you may write", e);
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(
          entry -> entry.endsWith(FolderLock.FILE) || (entry.endsWith(CONFIG) && isConfig(folder)));
    }
  }

  private static boolean isConfig(Path folder) {
    try {
      config(folder);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // somebody else's
    }
  }

  /**
   * Opens the folder of a run to go on with it from a position: rows of epochs beyond it are dropped.
   *
   * @param config written if it is not what is there
   * @throws IllegalArgumentException if the folder cannot be written or its metrics are not a run's
   * @throws IllegalStateException if another training has it
   */
  public static RunFolder reopen(Path folder, Config config, Position position) {
    try {
      return open(folder, config.equals(config(folder)) ? null : config, position.epochs());
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  /**
   * Makes the folder of a run, or opens one to begin the run anew where it came to no checkpoint; rows are
   * dropped.
   *
   * @throws IllegalArgumentException if the folder cannot be written or its metrics are not a run's
   * @throws IllegalStateException if another training has it
   */
  public static RunFolder restart(Path folder, Config config) {
    try {
      Files.createDirectories(folder);
      return open(folder, config, 0);
    } catch (IOException e) {
      throw notWritable(folder, e);
    }
  }

  /** Takes the folder, keeps the rows of so many epochs, and writes the configuration unless it is null. */
  private static RunFolder open(Path folder, Config config, int epochs) throws IOException {
    RunFolder run = new RunFolder(folder);
    try {
      run.earlier = run.metrics.keep(epochs);
      if (config != null) {
        AtomicFile.write(folder.resolve(CONFIG), Experiments.write(config).getBytes(StandardCharsets.UTF_8));
      }
      return run;
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
  }

  private static IllegalArgumentException notWritable(Path folder, IOException e) {
    return new IllegalArgumentException(
        "cannot write to the run '" + folder + "': " + Reason.of(e) + "; make it writable", e);
  }

  /** Whether a folder holds a run that came to a checkpoint. */
  public static boolean hasCheckpoint(Path folder) {
    return Files.exists(folder.resolve(CHECKPOINT));
  }

  /**
   * The rows of the epochs that a run has finished; none where there is no run.
   *
   * @throws IllegalArgumentException if its metrics cannot be read or are not a run's
   */
  public static List<EpochRow> rows(Path folder) {
    try {
      return metrics(folder).read();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the metrics of the run '" + folder + "': " + Reason.of(e), e);
    }
  }

  /** The rows that were there when the run was reopened. */
  public List<EpochRow> earlierRows() {
    return new ArrayList<>(earlier);
  }

  /** The folder's path. */
  public Path path() {
    return folder;
  }

  /** Notes the device memory in use, for meters. */
  public void deviceBytes(long bytes) {
    deviceBytes = bytes;
  }

  /** Device memory in use, in bytes; 0 before the training begins. */
  public long deviceBytes() {
    return deviceBytes;
  }

  /**
   * Writes what an epoch has brought: weights and precisions, and the last of the rows.
   *
   * @param precision of each parameter; empty if the optimizer has none
   * @param origin of the run, which both files tell, so that they are known for what they are in another place
   */
  public void writeEpoch(
      Network network, TrainingState state, float[] precision, List<EpochRow> rows, Origin origin) {
    EpochRow last = rows.getLast();
    Map<String, String> metadata =
        Map.of(
            "model", network.name(), "epoch", Integer.toString(last.epoch()), "format", "pt", ModelFile.SETTINGS,
            origin.settings(), "images", origin.images());
    try {
      ModelFile.writeWeights(folder.resolve(MODEL), network, state.weights(), state.steps(), metadata);
      if (precision.length > 0) {
        ModelFile.writePrecision(folder.resolve(PRECISION), network, precision, metadata);
      }
      metrics.append(last);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write to '" + folder + "': " + Reason.of(e) + ROOM, e);
    }
  }

  /** Draws the plot of all rows; what is wrong, in one line, the first time that it cannot be drawn. */
  public Optional<String> writePlot(List<EpochRow> rows) {
    if (noPlot) {
      return Optional.empty();
    }
    try {
      Plot.write(folder.resolve(PLOT), rows);
      return Optional.empty();
    } catch (IOException | RuntimeException | LinkageError | InternalError e) { // no fonts, for one
      noPlot = true;
      return Optional.of(
          "cannot draw '" + folder.resolve(PLOT) + "': " + Reason.of(e)
              + "; the training goes on without it. If fonts are missing: apt-get install fontconfig");
    }
  }

  /** Writes where a training stands. */
  public void writeCheckpoint(Checkpoint checkpoint, Origin origin) {
    Path file = folder.resolve(CHECKPOINT);
    try {
      new CheckpointFile(file).write(checkpoint, origin);
    } catch (IOException e) {
      throw new IllegalStateException("cannot write '" + file + "': " + Reason.of(e) + ROOM, e);
    }
  }

  /**
   * Where a run with that configuration, on those images, stands.
   *
   * @throws IllegalArgumentException if it has no checkpoint, or one that is damaged or of another origin
   */
  public static Checkpoint checkpoint(Path folder, Config config, ImageSet train) {
    CheckpointFile file = new CheckpointFile(folder.resolve(CHECKPOINT));
    Checkpoint checkpoint = file.read(Origin.of(config, train));
    Experiment experiment = config.experiment();
    try {
      new CheckpointCheck(config.network(), experiment.optimizer().create(), experiment.steps(train.count()))
          .check(checkpoint);
    } catch (IllegalArgumentException e) {
      throw file.damaged(e.getMessage(), e);
    }
    return checkpoint;
  }

  /**
   * The configuration of a run.
   *
   * @throws IllegalArgumentException if the folder is no run
   */
  public static Config config(Path folder) {
    return Experiments.read(
        folder.resolve(CONFIG), Config.class, "; the file is not as the training wrote it: undo what was changed");
  }

  /**
   * The weights of a run.
   *
   * @throws IllegalArgumentException if there are none, or they are another run's
   */
  public static Weights weights(Path folder, Config config) {
    Path path = folder.resolve(MODEL);
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "'" + folder + "' has no " + MODEL + ": no epoch of it was finished; go on with it by train --resume");
    }
    try (WeightFile file = WeightFile.open(path)) {
      file.checkRun(config);
      return file.weights(config.network());
    }
  }

  /** Lets other trainings have the folder. */
  @Override
  public void close() {
    lock.close();
  }
}
