// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.explain.Pictures;
import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code arturo explain}. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Draws pictures of how arTuRO works, which its reference computes: docs/how-arturo-works.md has them.")
final class ExplainCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "explain",
      description = "Their folder (default: ${DEFAULT-VALUE}).")
  Path out;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    try {
      Files.createDirectories(out);
      for (var picture : Pictures.all().entrySet()) {
        Path file = out.resolve(picture.getKey() + ".svg");
        AtomicFile.write(file, picture.getValue().getBytes(StandardCharsets.UTF_8));
        spec.commandLine().getOut().println(file);
      }
    } catch (IOException e) {
      throw new OperationException(
          "cannot write to --out '" + out + "': " + Reason.of(e) + "; name a folder that you may write", e);
    }
    return 0;
  }
}
