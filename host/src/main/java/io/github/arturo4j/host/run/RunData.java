// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The examples that a run uses, so that it goes on with these and is evaluated on these.
 *
 * @param folder the absolute path of the user's own, or of their file; null for the published files, wherever they are
 * @param train the examples that it is trained on
 * @param validation those that its epochs are judged by; null if that are the test examples
 * @param test the test examples; null if there are others to validate with, so that they are for the end
 * @param unit the unit of the targets, see {@link Targets.Values#unit}; null for 1, as in runs of earlier versions, whose metrics
 *     of standardised values are in standard deviations
 */
public record RunData(
    @JsonInclude(JsonInclude.Include.NON_NULL) String folder, Fingerprint train,
    @JsonInclude(JsonInclude.Include.NON_NULL) Fingerprint validation,
    @JsonInclude(JsonInclude.Include.NON_NULL) Fingerprint test,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double unit) {
  /** Checks that the folder is a path. */
  public RunData {
    if (validation == null == (test == null)) {
      throw new IllegalArgumentException("data has to have either validation or test");
    }
    if (folder != null && !isPath(folder)) {
      throw new IllegalArgumentException("data.folder is '" + folder + "'; it must be the absolute path of a folder");
    }
  }

  private static boolean isPath(String folder) {
    try {
      return Path.of(folder).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Of examples.
   *
   * @param folder where they were looked for; null for the usual places
   * @param validates whether the judging examples are to validate with, not to test with
   */
  public static RunData of(Path folder, Examples train, Examples judging, boolean validates) {
    Fingerprint judged = Fingerprint.of(validates ? "validation" : "test", judging);
    return new RunData(
        folder == null ? null : folder.toAbsolutePath().normalize().toString(), Fingerprint.of("training", train),
        validates ? judged : null, validates ? null : judged, unit(train));
  }

  private static Double unit(Examples train) {
    return train.targets() instanceof Targets.Values values && values.unit() != 1 ? values.unit() : null;
  }

  /** The same whose metrics are in standard deviations, as in runs of earlier versions. */
  public RunData inDeviations() {
    return new RunData(folder, train, validation, test, null);
  }

  /** Which examples epochs are judged by. */
  public JudgingSet judgedBy() {
    return validation != null ? JudgingSet.validation : JudgingSet.test;
  }

  /** The examples that epochs are judged by. */
  public Fingerprint judging() {
    return validation != null ? validation : test;
  }

  /** The folder; null for the usual places. */
  public Path path() {
    return folder == null ? null : Path.of(folder);
  }
}
