// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The table of a run's epochs; a line is on disk when {@link #append} returns. */
final class MetricsCsv {
  private final Path file;

  MetricsCsv(Path file) {
    this.file = file;
  }

  void append(EpochRow row) throws IOException {
    String text = (Files.exists(file) ? "" : EpochRow.HEADER + "\n") + row.csv() + "\n";
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.SYNC);
  }
}
