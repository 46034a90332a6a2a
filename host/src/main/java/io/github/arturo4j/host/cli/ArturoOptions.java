// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.ArturoConfig;
import picocli.CommandLine.Option;

/** The options that change arTuRO. */
final class ArturoOptions {
  @Option(
      names = "--mode",
      paramLabel = "MODE",
      description = "Solver of arTuRO's trust region: ${COMPLETION-CANDIDATES}.")
  ArturoConfig.Mode mode;

  @Option(names = "--kl-bound", paramLabel = "NATS", description = "Initial bound of arTuRO's trust region.")
  Double klBound;

  /**
   * The optimizer with the options applied.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  ArturoConfig apply(ArturoConfig arturo) {
    ArturoConfig moded = mode == null ? arturo : arturo.withMode(mode);
    return klBound == null ? moded : moded.withInitialRate(klBound);
  }

  /** One of the options that is given, with its value; null if none is. */
  String given() {
    return mode != null ? "--mode " + mode : klBound != null ? "--kl-bound " + klBound : null;
  }
}
