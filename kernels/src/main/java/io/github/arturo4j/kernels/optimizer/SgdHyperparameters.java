// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;

/** The hyperparameters of {@link Sgd}. */
public record SgdHyperparameters(
    @Hyperparameter(value = "learning rate before the schedule", range = Range.POSITIVE)
        double learningRate,
    @Hyperparameter(value = "share of the old velocity in the new one", range = Range.SHARE)
        double momentum,
    @Hyperparameter(value = "factor of the weight that is added to its gradient", range = Range.NOT_NEGATIVE)
        double weightDecay)
    implements OptimizerConfig {
  /** Checks every range. */
  public SgdHyperparameters {
    Hyperparameters.check(SgdHyperparameters.class, learningRate, momentum, weightDecay);
  }

  /** The defaults. */
  public SgdHyperparameters() {
    this(new Builder());
  }

  private SgdHyperparameters(Builder b) {
    this(b.learningRate, b.momentum, b.weightDecay);
  }

  /** A builder that begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return "sgd";
  }

  @Override
  public Sgd create(KernelShape shape) {
    return new Sgd(this, shape);
  }

  /** Takes the values one by one; what is not given is as in the defaults. */
  public static final class Builder {
    private double learningRate = 0.01;
    private double momentum = 0.9;
    private double weightDecay = 0;

    private Builder() {}

    /** See {@link SgdHyperparameters#learningRate}. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** See {@link SgdHyperparameters#momentum}. */
    public Builder momentum(double value) {
      momentum = value;
      return this;
    }

    /** See {@link SgdHyperparameters#weightDecay}. */
    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    /** The values, if they are in their ranges. */
    public SgdHyperparameters build() {
      return new SgdHyperparameters(this);
    }
  }
}
