// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import picocli.CommandLine.Option;

/** The options on how much is trained. */
final class SizeOptions {
  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training set.")
  Integer epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Examples of a step.")
  Integer batchSize;

  @Option(names = "--limit-train", paramLabel = "N", description = "Use the first N training examples only.")
  Integer limitTrain;

  @Option(names = "--limit-test", paramLabel = "N", description = "Use the first N test examples only.")
  Integer limitTest;
}
