// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import io.github.arturo4j.host.data.DataException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where data of the user's own are. */
final class OwnPath {
  private OwnPath() {}

  /** Throws if a text is no path. */
  static void check(String path) {
    try {
      if (path != null && path.isBlank() || path != null && Path.of(path).toString().isEmpty()) {
        throw new InvalidPathException(path, "it is empty");
      }
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("dataset.path is '" + path + "'; it must be the path of a file or folder", e);
    }
  }

  /**
   * The path that the command line names, or else the configuration.
   *
   * @throws DataException if none does, or there is nothing; one line
   */
  static Path of(String path, Path data, String name) {
    if (data == null && path == null) {
      throw new DataException(
          "the experiment's dataset, " + name + ", has no path; add it, or name the data with --data");
    }
    Path chosen = data != null ? data : Path.of(path);
    if (!Files.exists(chosen)) {
      throw new DataException(
          (data != null ? "--data '" : "dataset.path '") + chosen + "': there is no such file or folder; name the one with the"
              + " data, from the folder that the command is started in");
    }
    return chosen;
  }
}
