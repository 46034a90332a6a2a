// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.Require;
import io.github.arturo4j.kernels.optimizer.arturo.Arturo;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import java.util.Locale;

/**
 * arTuRO, see {@link ArturoHyperparameters}.
 *
 * @param mode paper or robust
 * @param klBound ε before the first milestone, in nats
 */
public record ArturoConfig(
    Mode mode,
    double klBound,
    double varInit,
    double priorPrec,
    double startFilterCov,
    double regWeight,
    double measurementNoise,
    double dynamicModelNoise,
    double nu,
    double weightDecay,
    double etaTol,
    double minCurvature,
    double minPrecision,
    double maxPrecision)
    implements OptimizerConfig {
  static final String NAME = "arturo";

  private static final String KL_BOUND = "optimizer.klBound (--kl-bound)";

  /** The modes, spelt as on the command line. */
  public enum Mode {
    paper,
    robust;

    /** The optimizer's mode. */
    io.github.arturo4j.kernels.optimizer.arturo.Mode kernelMode() {
      return io.github.arturo4j.kernels.optimizer.arturo.Mode.valueOf(name().toUpperCase(Locale.ROOT));
    }
  }

  /** Checks the values. */
  public ArturoConfig {
    if (mode == null) {
      throw new IllegalArgumentException("optimizer.mode is missing; it is paper or robust");
    }
    checkRate(KL_BOUND, klBound);
    Require.decay(KL_BOUND, klBound, weightDecay);
    hyperparameters(
        varInit, priorPrec, startFilterCov, regWeight, measurementNoise, dynamicModelNoise, nu, weightDecay, etaTol,
        minCurvature, minPrecision, maxPrecision);
  }

  private static ArturoHyperparameters hyperparameters(double... v) {
    return new ArturoHyperparameters(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11]);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String label() {
    return NAME + " (" + mode + ")";
  }

  @Override
  public double initialRate() {
    return klBound;
  }

  @Override
  public void checkRate(String name, double rate) {
    Require.moderate(name, rate);
  }

  @Override
  public ArturoConfig withInitialRate(double rate) {
    return new ArturoConfig(
        mode, rate, varInit, priorPrec, startFilterCov, regWeight, measurementNoise, dynamicModelNoise, nu,
        weightDecay, etaTol, minCurvature, minPrecision, maxPrecision);
  }

  /** The same in another mode. */
  public ArturoConfig withMode(Mode newMode) {
    return new ArturoConfig(
        newMode, klBound, varInit, priorPrec, startFilterCov, regWeight, measurementNoise, dynamicModelNoise, nu,
        weightDecay, etaTol, minCurvature, minPrecision, maxPrecision);
  }

  @Override
  public String remedy() {
    return mode == Mode.robust ? "a smaller --kl-bound" : "--mode robust or a smaller --kl-bound";
  }

  @Override
  public Optimizer create() {
    ArturoHyperparameters hyperparameters =
        hyperparameters(
            varInit, priorPrec, startFilterCov, regWeight, measurementNoise, dynamicModelNoise, nu, weightDecay,
            etaTol, minCurvature, minPrecision, maxPrecision);
    return new Arturo(hyperparameters, mode.kernelMode());
  }
}
