// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Room on the disk for what a training is about to write.
 *
 * @param folder where
 * @param needed bytes
 * @param usable bytes that there are
 */
record Room(Path folder, long needed, long usable) {
  /** The room in a folder for so many bytes. */
  static Room of(Path folder, long needed) throws IOException {
    return new Room(folder, needed, Files.getFileStore(folder).getUsableSpace());
  }

  /** That there is too little, in one line; nothing if there is enough. */
  Optional<String> shortage() {
    return usable >= needed
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Warning: an epoch needs %.1f MB in '%s', as a checkpoint is written beside the one before, but there are"
                    + " %.1f MB; make room before it ends",
                needed * 1e-6, folder, usable * 1e-6));
  }
}
