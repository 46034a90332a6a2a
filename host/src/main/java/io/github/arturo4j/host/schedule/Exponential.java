// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.kernels.optimizer.Hyperparameter;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.Range;

/** The rate is multiplied by the same factor after each epoch or step: γᵗ after t of them. It is PyTorch's {@code ExponentialLR}. */
public record Exponential(
    @Hyperparameter(value = "what the rate is multiplied by each time", range = Range.FRACTION)
        @JsonInclude
        Double factor,
    @Hyperparameter(value = "after what the rate falls", range = Range.CHOICE)
        @JsonInclude
        Unit unit)
    implements Schedule {
  /** Checks the values. */
  public Exponential {
    factor = factor == null ? 0.95 : factor;
    unit = unit == null ? Unit.EPOCH : unit;
    Hyperparameters.check(Exponential.class, factor, unit);
  }

  /** By 0.95, epoch by epoch. */
  public Exponential() {
    this(null, null);
  }

  @Override
  public String name() {
    return "exponential";
  }

  @Override
  public double factor(Progress at) {
    return Math.pow(factor, unit.over(at));
  }
}
