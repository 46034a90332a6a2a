// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.kernels.optimizer.Hyperparameter;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.Range;

/**
 * The rate falls along half a wave of the cosine, from the initial one: f + (1 − f)·(1 + cos(πt/T))/2 for the final factor f,
 * after t of T epochs or steps; then it stays where it is. Up to there it is PyTorch's {@code CosineAnnealingLR(T_max=T,
 * eta_min=f·rate)}, which would rise again (Loshchilov and Hutter, "SGDR", ICLR 2017, without restarts).
 * Without a length, the last epoch or step of the training is the last before the end, and its rate is not 0.
 */
public record Cosine(
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
  public Cosine {
    finalFactor = finalFactor == null ? 0 : finalFactor;
    unit = unit == null ? Unit.EPOCH : unit;
    Hyperparameters.check(Cosine.class, length, finalFactor, unit);
  }

  /** To 0, epoch by epoch, over all of the training. */
  public Cosine() {
    this(null, null, null);
  }

  @Override
  public String name() {
    return "cosine";
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
    double sine = Math.sin(Math.PI / 2 * (total - position) / total); // its square is (1 + cos)/2, and never 0 too early
    return finalFactor + (1 - finalFactor) * sine * sine;
  }
}
