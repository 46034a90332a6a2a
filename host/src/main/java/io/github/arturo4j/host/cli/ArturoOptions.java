// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import picocli.CommandLine.Option;

/** The options that change arTuRO. */
final class ArturoOptions {
  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "Solver of arTuRO's trust region: ${COMPLETION-CANDIDATES}.")
  Mode mode;

  @Option(names = "--kl-bound", paramLabel = "NATS", description = "Initial bound of arTuRO's trust region.")
  Double klBound;

  /**
   * The optimizer with the options applied.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  ArturoHyperparameters apply(ArturoHyperparameters arturo) {
    ArturoHyperparameters moded = mode == null ? arturo : arturo.withMode(mode);
    if (klBound == null) {
      return moded;
    }
    moded.checkRate("--kl-bound", klBound);
    return moded.withInitialRate(klBound);
  }

  /** One of the options that is given, with its value; null if none is. */
  String given() {
    return mode != null ? "--mode " + mode : klBound != null ? "--kl-bound " + klBound : null;
  }
}
