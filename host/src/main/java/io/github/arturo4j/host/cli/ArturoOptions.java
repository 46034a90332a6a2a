// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.arturo.AdaptiveHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that change arTuRO, whose third mode is an optimizer of its own. */
final class ArturoOptions {
  /** What arTuRO can be. */
  enum Variant {
    PAPER,
    ROBUST,
    ADAPTIVE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "How arTuRO's trust region is solved: ${COMPLETION-CANDIDATES}; the last is --optimizer adaptive.")
  Variant mode;

  @Option(names = "--kl-bound", paramLabel = "NATS", description = "Initial bound of arTuRO's trust region.")
  Double klBound;

  /**
   * The optimizer with the options applied.
   *
   * @throws IllegalArgumentException if a value is out of range, or the mode is not one of the optimizer's
   */
  OptimizerConfig apply(OptimizerConfig optimizer) {
    OptimizerConfig moded = mode == null ? optimizer : inMode(optimizer);
    if (klBound == null) {
      return moded;
    }
    moded.checkRate("--kl-bound", klBound);
    return moded.withInitialRate(klBound);
  }

  private OptimizerConfig inMode(OptimizerConfig optimizer) {
    if (mode == Variant.ADAPTIVE) {
      return optimizer instanceof AdaptiveHyperparameters ? optimizer : AdaptiveHyperparameters.builder().build();
    }
    if (optimizer instanceof ArturoHyperparameters arturo) {
      return arturo.withMode(mode == Variant.PAPER ? Mode.PAPER : Mode.ROBUST);
    }
    throw new InputException(
        "--mode is " + mode + ", but the optimizer is adaptive; leave --mode out, or train with --optimizer arturo");
  }

  /** One of the options that is given, with its value; null if none is. */
  String given() {
    return mode != null ? "--mode " + mode : klBound != null ? "--kl-bound " + klBound : null;
  }
}
