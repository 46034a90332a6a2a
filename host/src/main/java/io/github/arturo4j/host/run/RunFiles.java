// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files in a run's folder. */
final class RunFiles {
  static final String CONFIG = "config.yaml";
  static final String METRICS = "metrics.csv";
  static final String MODEL = "model.safetensors";
  static final String BEST = "best.safetensors";
  static final String PRECISION = "precision.safetensors";
  static final String BEST_PRECISION = "best-precision.safetensors";
  static final String POSTERIOR = "posterior.yaml";
  static final String DIAGNOSTICS = "diagnostics.csv";
  static final String PLOT = "plot.svg";
  static final String STEPS = "steps.csv";
  static final String TEST = "test.csv";
  static final String LAST_TEST = "test-last.csv";
  static final String CHECKPOINT = "checkpoint.safetensors";

  /** By convention, what its trainings have told of themselves with {@code --events}, which may name any file. */
  private static final String EVENTS = "events.jsonl";

  /** What the names of files for TensorBoard begin with, with {@code --tensorboard}. */
  private static final String TENSORBOARD = "events.out.tfevents.";

  /** Which run of an MLflow server it is. */
  private static final String MLFLOW = "mlflow.json";

  /** All that are replaced as a whole. */
  static final List<String> REPLACED =
      List.of(CONFIG, METRICS, MODEL, BEST, PRECISION, BEST_PRECISION, POSTERIOR, DIAGNOSTICS, PLOT, STEPS, TEST, LAST_TEST, CHECKPOINT,
          "profile.csv", "profile.json", MLFLOW);

  private RunFiles() {}

  /**
   * Whether a folder is empty, or holds nothing but what a run leaves that was killed before its first checkpoint: the
   * lock, its configuration, its events, temporary files.
   */
  static boolean isFree(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.allMatch(RunFiles::isOfABeginning);
    }
  }

  private static boolean isOfABeginning(Path entry) {
    if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    boolean ofARun =
        entry.endsWith(CONFIG) || entry.endsWith(MLFLOW) || entry.getFileName().toString().startsWith(TENSORBOARD);
    return AtomicFile.isLeftover(entry, REPLACED) || entry.endsWith(FolderLock.FILE) || entry.endsWith(EVENTS)
        || ofARun && isConfig(entry.resolveSibling(""));
  }

  private static boolean isConfig(Path folder) {
    try {
      RunReader.config(folder);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // somebody else's
    }
  }
}
