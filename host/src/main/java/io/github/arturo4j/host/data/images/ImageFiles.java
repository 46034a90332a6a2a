// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.data.FolderListing;
import java.nio.file.Path;
import java.util.List;

/** Image files without classes. */
public final class ImageFiles {
  private ImageFiles() {}

  /**
   * Those in a folder and in the folders in it, in the order of their paths; hidden files are left out.
   *
   * @throws DataException if it cannot be read, or there are none; one line
   */
  public static List<Path> below(Path folder) {
    List<Path> files = ClassFiles.images(folder, new ClassFiles.Ignored());
    if (files.isEmpty()) {
      throw new DataException(
          "the folder '" + folder + "' has no images (" + String.join(", ", ImageFormat.ENDS) + "); "
              + FolderListing.of(folder) + ": name another");
    }
    return files;
  }
}
