// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.run.WeightFile;
import io.github.arturo4j.host.train.TrainingSetup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The option for the weights to begin with. */
final class WeightsOption {
  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Begin with the weights of this safetensors file, of PyTorch or of a run, instead of random ones.")
  Path path;

  /** A training that begins, with these weights if there are any; they are read first, before images are fetched. */
  TrainingSetup begin(Supplier<TrainingSetup> training) {
    if (path == null) {
      return training.get();
    }
    try (WeightFile file = WeightFile.open(path)) {
      return training.get().startingFrom(file);
    }
  }

  /** Says what the training begins with, unless it is random weights. */
  void tell(PrintWriter out) {
    if (path != null) {
      out.printf("Beginning with the weights of %s%n", Printable.of(path.toString()));
    }
  }
}
