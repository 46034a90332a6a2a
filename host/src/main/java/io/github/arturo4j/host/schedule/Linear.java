// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.kernels.optimizer.Hyperparameter;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.Range;

/**
 * The rate falls in a straight line, from the initial one: f + (1 − f)·(1 − t/T) for the final factor f, after t of T epochs
 * or steps; then it stays where it is. It is PyTorch's {@code LinearLR(start_factor=1, end_factor=f, total_iters=T)}.
 * Without a length, the last epoch or step of the training is the last before the end, and its rate is not 0.
 */
public record Linear(
    @Hyperparameter(value = "epochs or steps of the fall; all of the training if left out", range = Range.COUNT)
        @JsonInclude(JsonInclude.Include.NON_NULL)
        Integer length,
    @Hyperparameter(value = "part of the initial rate that is left at the end", range = Range.FRACTION_OR_ZERO)
        @JsonInclude
        Double finalFactor,
    @Hyperparameter(value = "what the length counts, and after what the rate falls", range = Range.CHOICE)
        @JsonInclude
        Unit unit)
    implements Schedule {
  /** Checks the values. */
  public Linear {
    finalFactor = finalFactor == null ? 0 : finalFactor;
    unit = unit == null ? Unit.EPOCH : unit;
    Hyperparameters.check(Linear.class, length, finalFactor, unit);
  }

  /** To 0, epoch by epoch, over all of the training. */
  public Linear() {
    this(null, null, null);
  }

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public boolean spansTraining() {
    return length == null;
  }

  @Override
  public double factor(Progress at) {
    long position = unit.over(at);
    long total = length == null ? unit.total(at) : length;
    if (position >= total) {
      return finalFactor;
    }
    return finalFactor + (1 - finalFactor) * ((double) (total - position) / total);
  }
}
