// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.TargetKind;
import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.predict.MostWrong;
import io.github.arturo4j.host.predict.OutputMeaning;
import io.github.arturo4j.kernels.loss.Targets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option for a page of what a network is most wrong about. */
final class MostWrongOption {
  /** Examples of a page. */
  private static final int LIMIT = 100;

  @Option(
      names = "--most-wrong",
      paramLabel = "FILE",
      description =
          "Write the " + LIMIT + " examples that the network is most wrong about as a page (HTML) to FILE: pictures with what"
              + " they were taken for, or rows with prediction and target.")
  Path file;

  /** Throws if there is no such page of what the network predicts, or no place for it. */
  void check(DataSchema schema) {
    if (file == null) {
      return;
    }
    if (schema.targets() == TargetKind.positions) {
      throw new UsageException(
          "--most-wrong is of examples with a class or values each, and the run predicts " + schema.outputWords()
              + " at each position; leave it out");
    }
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || !Files.isDirectory(folder)) {
      throw new UsageException(
          "--most-wrong '" + file + "': " + (Files.isDirectory(file) ? "it is a folder" : "there is no folder '" + folder + "'")
              + "; name a file in a folder that is there");
    }
  }

  /** What finds them; nothing if they are not asked for. */
  Optional<MostWrong> observer(OutputMeaning meaning, Targets targets) {
    return file == null ? Optional.empty() : Optional.of(new MostWrong(meaning, targets, LIMIT));
  }

  /** Writes the page. */
  void write(String page) {
    try {
      AtomicFile.write(file, page.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OperationException("cannot write '" + file + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
  }
}
