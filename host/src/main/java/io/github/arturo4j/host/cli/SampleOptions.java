// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.predict.Draws;
import picocli.CommandLine.Option;

/** Options on predictions that are the mean of several. */
final class SampleOptions {
  /** Samples where none are asked for, but dropout is. */
  static final int USUAL = 30;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Average the predictions of N networks whose weights are drawn from the posterior that arTuRO or IVON has left,"
              + " and tell how they differ.")
  Integer samples;

  @Option(
      names = "--posterior-temperature",
      paramLabel = "T",
      description = "Multiply the variances of the posterior by T (default: what --fit-temperature has found, or 1).")
  Double temperature;

  @Option(
      names = "--mc-dropout",
      description = "Draw what dropout drops, as in training, instead of the weights (" + USUAL + " times without --samples).")
  boolean dropout;

  @Option(
      names = "--sample-seed",
      paramLabel = "N",
      description = "Seed of the samples (default: ${DEFAULT-VALUE}).",
      defaultValue = "0")
  long seed;

  /** Whether predictions are to be averaged. */
  boolean given() {
    return samples != null || dropout;
  }

  /** How many samples. */
  int count() {
    return samples == null ? USUAL : samples;
  }

  /** What is drawn. */
  Draws draws() {
    check();
    Draws.Source source = dropout ? Draws.Source.DROPOUT : given() ? Draws.Source.POSTERIOR : Draws.Source.NOTHING;
    return new Draws(source, given() ? count() : 1, seed, temperature);
  }

  /** Throws if the options do not go together. */
  void check() {
    if (samples != null && samples < 1) {
      throw new UsageException("--samples is " + samples + "; it must be at least 1");
    }
    if (temperature != null && !(temperature >= 0 && Double.isFinite(temperature))) {
      throw new UsageException("--posterior-temperature is " + temperature + "; it must be 0 or greater");
    }
  }
}
