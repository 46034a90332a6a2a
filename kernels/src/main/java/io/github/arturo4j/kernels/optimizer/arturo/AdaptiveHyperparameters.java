// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.Hyperparameter;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.PosteriorScale;
import io.github.arturo4j.kernels.optimizer.Range;
import io.github.arturo4j.kernels.optimizer.Require;
import java.util.Locale;
import java.util.Optional;

/**
 * The hyperparameters of {@link AdaptiveArturo}: one, and for those who want to see what its parts bring, a switch for
 * each. All else it estimates.
 */
public record AdaptiveHyperparameters(
    @Hyperparameter(
        value = "bound of a step's KL for each weight, the mean over the weights, before the schedule, in nats",
        range = Range.MODERATE)
        double klBound,
    @Hyperparameter(value = "decoupled weight decay, multiplied by the KL bound", range = Range.MODERATE_OR_ZERO)
        double weightDecay,
    @Hyperparameter(
        value = "what a step is divided by, and its length measured in: the estimated curvature, or the gradient's noise alone",
        range = Range.CHOICE)
        Metric metric,
    @Hyperparameter(
        value = "how much of the bound a step takes: as much as its gradient is more than noise, or always all",
        range = Range.CHOICE)
        Length length)
    implements KlBounded {

  /** What a step is divided by. */
  public enum Metric {
    /** The Hessian's diagonal as the filter estimates it, but no less than a share of what the noise suggests. */
    CURVATURE,
    /** The standard deviation of the gradient's noise, as in Adam. */
    NOISE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How long a step is. */
  public enum Length {
    /** KL is ε times the share of the averaged gradient's energy in that of single ones. */
    SIGNAL,
    /** KL is ε. */
    BOUND;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks every range. */
  public AdaptiveHyperparameters {
    Hyperparameters.check(AdaptiveHyperparameters.class, klBound, weightDecay, metric, length);
    Require.decay("klBound", klBound, weightDecay);
  }

  /** The defaults. */
  public AdaptiveHyperparameters() {
    this(new Builder());
  }

  private AdaptiveHyperparameters(Builder b) {
    this(b.klBound, b.weightDecay, b.metric, b.length);
  }

  /** A builder that begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String name() {
    return "adaptive";
  }

  @Override
  public AdaptiveArturo create(KernelShape shape) {
    return new AdaptiveArturo(this, shape);
  }

  /**
   * N times the precision: the optimizer's Gaussians have the shape of the posterior, the inverse of the curvature, but not its
   * scale, since they are relative to the size of the weights. A temperature, fitted on a validation set, gives it.
   */
  @Override
  public Optional<PosteriorScale> posterior() {
    return Optional.of((precision, examples) -> precision * examples);
  }

  /** Takes the values one by one; what is not given is as in the defaults. */
  public static final class Builder {
    private double klBound = 5e-3;
    private double weightDecay;
    private Metric metric = Metric.CURVATURE;
    private Length length = Length.SIGNAL;

    private Builder() {}

    /** See {@link AdaptiveHyperparameters#klBound}. */
    public Builder klBound(double value) {
      klBound = value;
      return this;
    }

    /** See {@link AdaptiveHyperparameters#weightDecay}. */
    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    /** See {@link AdaptiveHyperparameters#metric}. */
    public Builder metric(Metric value) {
      metric = value;
      return this;
    }

    /** See {@link AdaptiveHyperparameters#length}. */
    public Builder length(Length value) {
      length = value;
      return this;
    }

    /** The values, if they are in their ranges. */
    public AdaptiveHyperparameters build() {
      return new AdaptiveHyperparameters(this);
    }
  }
}
