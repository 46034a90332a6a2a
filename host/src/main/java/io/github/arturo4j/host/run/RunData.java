// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.models.data.ImageSet;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The images that a run uses, so that it goes on with these and is evaluated on these.
 *
 * @param folder the absolute path of the user's own; null for the published files, wherever they are
 * @param train the training images
 * @param test the test images
 */
public record RunData(@JsonInclude(JsonInclude.Include.NON_NULL) String folder, Fingerprint train, Fingerprint test) {
  /** Checks that the folder is a path. */
  public RunData {
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
   * Of images.
   *
   * @param folder where they were looked for; null for the usual places
   */
  public static RunData of(Path folder, ImageSet train, ImageSet test) {
    return new RunData(
        folder == null ? null : folder.toAbsolutePath().normalize().toString(),
        Fingerprint.of("training", train),
        Fingerprint.of("test", test));
  }

  /** The folder; null for the usual places. */
  public Path path() {
    return folder == null ? null : Path.of(folder);
  }
}
