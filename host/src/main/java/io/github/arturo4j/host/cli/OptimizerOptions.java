// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.arturo.KlBounded;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that change an experiment's optimizer. */
final class OptimizerOptions {
  @Mixin ArturoOptions arturoOptions;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Initial learning rate of the other optimizers.")
  Double learningRate;

  /**
   * The optimizer with the options applied.
   *
   * @throws InputException if it has no such option, or a value is out of range
   */
  OptimizerConfig apply(OptimizerConfig optimizer) {
    if (optimizer instanceof KlBounded) {
      refuse("--learning-rate", learningRate, optimizer, "its rate is --kl-bound");
      return arturoOptions.apply(optimizer);
    }
    refuse("--mode", arturoOptions.mode, optimizer, "leave it out, or train with --optimizer arturo");
    refuse("--kl-bound", arturoOptions.klBound, optimizer, "its rate is --learning-rate");
    if (learningRate == null) {
      return optimizer;
    }
    optimizer.checkRate("--learning-rate", learningRate);
    return optimizer.withInitialRate(learningRate);
  }

  private static void refuse(String option, Object value, OptimizerConfig optimizer, String remedy) {
    if (value != null) {
      throw new InputException(
          option + " is " + value + ", but " + optimizer.name() + " has no such option; " + remedy);
    }
  }
}
