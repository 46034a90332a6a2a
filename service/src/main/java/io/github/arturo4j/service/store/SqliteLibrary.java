// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.store;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where SQLite's native library is unpacked to from its jar: beside the database, as the system's folder for temporary files may be
 * read-only, or allow no libraries, in a container. It is there while its process lives.
 */
final class SqliteLibrary {
  private static final String PLACE = "org.sqlite.tmpdir";

  private SqliteLibrary() {}

  /**
   * Names the place to SQLite, unless somebody has chosen another, and removes what a killed process has left there.
   *
   * @throws OperationException if the folder cannot be used; one line
   */
  static void placeBeside(Path database) {
    if (System.getProperty(PLACE) != null) { // somebody's choice, or loaded in this process already
      return;
    }
    Path folder = database.toAbsolutePath().resolveSibling("native");
    try {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
        for (Path file : left) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new OperationException("cannot use the folder '" + folder + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
    System.setProperty(PLACE, folder.toString());
  }
}
