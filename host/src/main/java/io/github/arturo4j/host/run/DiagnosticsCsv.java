// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The table of a run's {@link Diagnosis}: those of each epoch, a line for each group. It is written as a whole. Nothing goes on
 * from it: one that is missing or damaged begins anew where a training goes on.
 */
final class DiagnosticsCsv {
  private final Path file;

  DiagnosticsCsv(Path file) {
    this.file = file;
  }

  /**
   * What it has; nothing if there is no file.
   *
   * @throws InputException if it cannot be read, or is not as a training wrote it; one line
   */
  List<Diagnosis> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Diagnosis.parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new InputException("cannot read '" + file + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "'" + file + "' is not as the training wrote it; delete it: going on with the run begins it anew", e);
    }
  }

  /** What it has of epochs up to that one; nothing if it cannot be read. */
  List<Diagnosis> upTo(int epoch) {
    try {
      return read().stream().filter(row -> row.epoch() <= epoch).toList();
    } catch (InputException e) {
      return List.of();
    }
  }

  /** Replaces what it has of that epoch and later ones. */
  void append(int epoch, List<Diagnosis> rows) throws IOException {
    List<Diagnosis> all = new ArrayList<>(upTo(epoch - 1));
    all.addAll(rows);
    AtomicFile.write(file, Diagnosis.csv(all).getBytes(StandardCharsets.UTF_8));
  }
}
