// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;

/** The hyperparameters of {@link Adam} with decoupled weight decay; the defaults are those of PyTorch's AdamW. */
public record AdamWHyperparameters(
    @Hyperparameter(value = "learning rate before the schedule", range = Range.POSITIVE)
        double learningRate,
    @Hyperparameter(value = "share of the old first moment in the new one", range = Range.SHARE)
        double beta1,
    @Hyperparameter(value = "share of the old second moment in the new one", range = Range.SHARE)
        double beta2,
    @Hyperparameter(value = "added to the root of the second moment", range = Range.POSITIVE)
        double eps,
    @Hyperparameter(value = "decoupled weight decay, multiplied by the learning rate", range = Range.NOT_NEGATIVE)
        double weightDecay)
    implements OptimizerConfig {
  /** Checks every range. */
  public AdamWHyperparameters {
    Hyperparameters.check(AdamWHyperparameters.class, learningRate, beta1, beta2, eps, weightDecay);
    Require.decay("learningRate", learningRate, weightDecay);
  }

  /** The defaults. */
  public AdamWHyperparameters() {
    this(new Builder());
  }

  private AdamWHyperparameters(Builder b) {
    this(b.learningRate, b.beta1, b.beta2, b.eps, b.weightDecay);
  }

  /** A builder that begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  public Adam create(KernelShape shape) {
    return new Adam(this, shape);
  }

  /** Takes the values one by one; what is not given is as in the defaults. */
  public static final class Builder {
    private double learningRate = 1e-3;
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double eps = 1e-8;
    private double weightDecay = 0.01;

    private Builder() {}

    /** See {@link AdamWHyperparameters#learningRate}. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** See {@link AdamWHyperparameters#beta1}. */
    public Builder beta1(double value) {
      beta1 = value;
      return this;
    }

    /** See {@link AdamWHyperparameters#beta2}. */
    public Builder beta2(double value) {
      beta2 = value;
      return this;
    }

    /** See {@link AdamWHyperparameters#eps}. */
    public Builder eps(double value) {
      eps = value;
      return this;
    }

    /** See {@link AdamWHyperparameters#weightDecay}. */
    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    /** The values, if they are in their ranges. */
    public AdamWHyperparameters build() {
      return new AdamWHyperparameters(this);
    }
  }
}
