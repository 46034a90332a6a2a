// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;

/** The hyperparameters of {@link Adam} without weight decay; the defaults are PyTorch's. */
public record AdamHyperparameters(
    @Hyperparameter(value = "learning rate before the schedule", range = Range.POSITIVE)
        double learningRate,
    @Hyperparameter(value = "share of the old first moment in the new one", range = Range.SHARE)
        double beta1,
    @Hyperparameter(value = "share of the old second moment in the new one", range = Range.SHARE)
        double beta2,
    @Hyperparameter(value = "added to the root of the second moment", range = Range.POSITIVE)
        double eps)
    implements OptimizerConfig {
  /** Checks every range. */
  public AdamHyperparameters {
    Hyperparameters.check(AdamHyperparameters.class, learningRate, beta1, beta2, eps);
  }

  /** The defaults. */
  public AdamHyperparameters() {
    this(new Builder());
  }

  private AdamHyperparameters(Builder b) {
    this(b.learningRate, b.beta1, b.beta2, b.eps);
  }

  /** A builder that begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return "adam";
  }

  @Override
  public Adam create(KernelShape shape) {
    return new Adam(this, shape);
  }

  /** The same with decoupled weight decay. */
  public AdamWHyperparameters withWeightDecay(double weightDecay) {
    return new AdamWHyperparameters(learningRate, beta1, beta2, eps, weightDecay);
  }

  /** Takes the values one by one; what is not given is as in the defaults. */
  public static final class Builder {
    private double learningRate = 1e-3;
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double eps = 1e-8;

    private Builder() {}

    /** See {@link AdamHyperparameters#learningRate}. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** See {@link AdamHyperparameters#beta1}. */
    public Builder beta1(double value) {
      beta1 = value;
      return this;
    }

    /** See {@link AdamHyperparameters#beta2}. */
    public Builder beta2(double value) {
      beta2 = value;
      return this;
    }

    /** See {@link AdamHyperparameters#eps}. */
    public Builder eps(double value) {
      eps = value;
      return this;
    }

    /** The values, if they are in their ranges. */
    public AdamHyperparameters build() {
      return new AdamHyperparameters(this);
    }
  }
}
