// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.config;

import io.github.arturo4j.kernels.optimizer.ArturoHyperparameters;
import java.util.Locale;

/**
 * The optimizer of an experiment, see {@link ArturoHyperparameters}.
 *
 * @param name {@code arturo}
 * @param mode paper or robust
 * @param klBound ε before the first milestone, in nats
 */
public record ArturoConfig(
    String name,
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
    double maxPrecision) {

  /** The modes, spelt as on the command line. */
  public enum Mode {
    paper,
    robust;

    /** The optimizer's mode. */
    public io.github.arturo4j.kernels.optimizer.Mode kernelMode() {
      return io.github.arturo4j.kernels.optimizer.Mode.valueOf(name().toUpperCase(Locale.ROOT));
    }
  }

  /** Checks the values. */
  public ArturoConfig {
    if (!"arturo".equals(name)) {
      throw new IllegalArgumentException("optimizer.name is '" + name + "'; there is: arturo");
    }
    if (mode == null) {
      throw new IllegalArgumentException("optimizer.mode is missing; it is paper or robust");
    }
    if (!(klBound > 0) || Double.isInfinite(klBound)) {
      throw new IllegalArgumentException(
          "optimizer.klBound (--kl-bound) is " + klBound + "; it must be positive and finite");
    }
    hyperparameters(
        varInit, priorPrec, startFilterCov, regWeight, measurementNoise, dynamicModelNoise, nu, weightDecay, etaTol,
        minCurvature, minPrecision, maxPrecision);
  }

  private static ArturoHyperparameters hyperparameters(double... v) {
    return new ArturoHyperparameters(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11]);
  }

  /** The values as the optimizer takes them. */
  public ArturoHyperparameters hyperparameters() {
    return hyperparameters(
        varInit, priorPrec, startFilterCov, regWeight, measurementNoise, dynamicModelNoise, nu, weightDecay, etaTol,
        minCurvature, minPrecision, maxPrecision);
  }

  /** The same with what is not null replaced. */
  public ArturoConfig with(Mode newMode, Double newBound) {
    return new ArturoConfig(
        name, newMode == null ? mode : newMode, newBound == null ? klBound : newBound, varInit, priorPrec,
        startFilterCov, regWeight, measurementNoise, dynamicModelNoise, nu, weightDecay, etaTol, minCurvature,
        minPrecision, maxPrecision);
  }
}
