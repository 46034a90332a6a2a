// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.Hyperparameter;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.PosteriorScale;
import io.github.arturo4j.kernels.optimizer.Range;
import io.github.arturo4j.kernels.optimizer.Require;
import java.util.Optional;

/**
 * The hyperparameters of arTuRO. What may not be 0 is from {@link Require#MIN} to {@link Require#MAX}: there {@link
 * Mode#ROBUST} keeps its promise. The defaults are those that the authors published for fmnist_cnn, in robust mode.
 */
public record ArturoHyperparameters(
    @Hyperparameter(value = "how the dual of the trust region is solved", range = Range.CHOICE)
        Mode mode,
    @Hyperparameter(value = "bound of a step's KL before the schedule, in nats", range = Range.MODERATE)
        double klBound,
    @Hyperparameter(
        value = "initial variance of every weight; robust mode puts it into the precision's limits",
        range = Range.MODERATE)
        double varInit,
    @Hyperparameter(value = "precision of the prior", range = Range.MODERATE_OR_ZERO)
        double priorPrec,
    @Hyperparameter(value = "initial variance of the filter's two states", range = Range.MODERATE_OR_ZERO)
        double startFilterCov,
    @Hyperparameter(value = "weight of the prior; with nu it must be positive", range = Range.MODERATE_OR_ZERO)
        double regWeight,
    @Hyperparameter(value = "variance of a gradient", range = Range.MODERATE)
        double measurementNoise,
    @Hyperparameter(value = "variance that a step adds to the filter's states", range = Range.MODERATE_OR_ZERO)
        double dynamicModelNoise,
    @Hyperparameter(value = "weight of the old precision in the new one", range = Range.MODERATE_OR_ZERO)
        double nu,
    @Hyperparameter(value = "decoupled weight decay, multiplied by the KL bound", range = Range.MODERATE_OR_ZERO)
        double weightDecay,
    @Hyperparameter(value = "width at which paper mode's bisection stops", range = Range.MODERATE)
        double etaTol,
    @Hyperparameter(value = "floor of the curvature that robust mode divides by", range = Range.MODERATE)
        double minCurvature,
    @Hyperparameter(
        value = "least precision in robust mode: by default a standard deviation of 1000",
        range = Range.MODERATE)
        double minPrecision,
    @Hyperparameter(
        value = "greatest precision in robust mode: by default a standard deviation of 1e-4",
        range = Range.MODERATE)
        double maxPrecision)
    implements KlBounded {
  /** Initial curvature of every weight. */
  public static final double INITIAL_CURVATURE = 0.1;

  /** Checks every range. */
  public ArturoHyperparameters {
    Hyperparameters.check(
        ArturoHyperparameters.class, mode, klBound, varInit, priorPrec, startFilterCov, regWeight,
        measurementNoise, dynamicModelNoise, nu, weightDecay, etaTol, minCurvature, minPrecision, maxPrecision);
    Require.decay("klBound", klBound, weightDecay);
    Require.moderate("regWeight + nu", regWeight + nu);
    if (minPrecision > maxPrecision) {
      throw new IllegalArgumentException(
          "minPrecision " + minPrecision + " is greater than maxPrecision " + maxPrecision);
    }
  }

  /** The defaults. */
  public ArturoHyperparameters() {
    this(new Builder());
  }

  private ArturoHyperparameters(Builder b) {
    this(
        b.mode, b.klBound, b.varInit, b.priorPrec, b.startFilterCov, b.regWeight, b.measurementNoise,
        b.dynamicModelNoise, b.nu, b.weightDecay, b.etaTol, b.minCurvature, b.minPrecision, b.maxPrecision);
  }

  /** A builder that begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return "arturo";
  }

  @Override
  public Arturo create(KernelShape shape) {
    return new Arturo(this, shape);
  }

  @Override
  public Optional<PosteriorScale> posterior() {
    return regWeight == 0
        ? Optional.empty() // the precisions grow with every step
        : Optional.of(PosteriorScale.ofWeightedPrior(regWeight, priorPrec, minCurvature));
  }

  /** The values that the authors published for fmnist_cnn, in robust mode: the defaults. */
  public static ArturoHyperparameters published() {
    return new ArturoHyperparameters();
  }

  /** The same in another mode. */
  public ArturoHyperparameters withMode(Mode other) {
    return (ArturoHyperparameters) Hyperparameters.with(this, "mode", other);
  }

  @Override
  public ArturoHyperparameters withInitialRate(double rate) {
    return (ArturoHyperparameters) Hyperparameters.with(this, rateName(), rate);
  }

  @Override
  public String label() {
    return name() + " (" + mode + ")";
  }

  /** Takes the values one by one; what is not given is as in the defaults. */
  public static final class Builder {
    private Mode mode = Mode.ROBUST;
    private double klBound = 0.08567456308209788;
    private double varInit = 0.01;
    private double priorPrec = 0.0015;
    private double startFilterCov = 5e-5;
    private double regWeight = 0.05865661620286048;
    private double measurementNoise = 2.8167911612651997;
    private double dynamicModelNoise = 0.017392958232048346;
    private double nu = 1.3;
    private double weightDecay = 1.5403963328610538e-06;
    private double etaTol = 0.5;
    private double minCurvature = 1e-3;
    private double minPrecision = 1e-6;
    private double maxPrecision = 1e8;

    private Builder() {}

    /** See {@link ArturoHyperparameters#mode}. */
    public Builder mode(Mode value) {
      mode = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#klBound}. */
    public Builder klBound(double value) {
      klBound = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#varInit}. */
    public Builder varInit(double value) {
      varInit = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#priorPrec}. */
    public Builder priorPrec(double value) {
      priorPrec = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#startFilterCov}. */
    public Builder startFilterCov(double value) {
      startFilterCov = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#regWeight}. */
    public Builder regWeight(double value) {
      regWeight = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#measurementNoise}. */
    public Builder measurementNoise(double value) {
      measurementNoise = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#dynamicModelNoise}. */
    public Builder dynamicModelNoise(double value) {
      dynamicModelNoise = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#nu}. */
    public Builder nu(double value) {
      nu = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#weightDecay}. */
    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#etaTol}. */
    public Builder etaTol(double value) {
      etaTol = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#minCurvature}. */
    public Builder minCurvature(double value) {
      minCurvature = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#minPrecision}. */
    public Builder minPrecision(double value) {
      minPrecision = value;
      return this;
    }

    /** See {@link ArturoHyperparameters#maxPrecision}. */
    public Builder maxPrecision(double value) {
      maxPrecision = value;
      return this;
    }

    /** The values, if they are in their ranges. */
    public ArturoHyperparameters build() {
      return new ArturoHyperparameters(this);
    }
  }
}
