// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.UsageException;
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

  @Option(
      names = "--replace-head",
      description = "With --weights: begin the last layer anew, for other classes than the file's; all others are the file's.")
  boolean replaceHead;

  /** A training that begins, with these weights if there are any; they are read first, before images are fetched. */
  TrainingSetup begin(Supplier<TrainingSetup> training) {
    if (path == null && replaceHead) {
      throw new UsageException("--replace-head is for --weights FILE, whose last layer begins anew; name the file, or leave it out");
    }
    if (path == null) {
      return training.get();
    }
    try (WeightFile file = WeightFile.open(path)) {
      TrainingSetup setup = training.get();
      return replaceHead ? setup.fineTuning(file) : setup.startingFrom(file);
    }
  }

  /** Says what the training begins with, unless it is random weights. */
  void tell(PrintWriter out) {
    if (path != null) {
      out.printf(
          "Beginning with the weights of %s%s%n", Printable.of(path.toString()), replaceHead ? ", and a new last layer" : "");
    }
  }
}
