// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are read as a whole. A pipe must not stand in their place: opening one can wait for ever. */
public final class RegularFile {
  private RegularFile() {}

  /**
   * Refuses a pipe or a device. What is not there, and a folder, say so when they are opened.
   *
   * @throws FileSystemException if it is one, with a {@link Reason}
   */
  public static void check(Path file) throws FileSystemException {
    if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, "it is a pipe or a device, no file");
    }
  }
}
