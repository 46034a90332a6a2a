// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.kernels.optimizer.Hyperparameter;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.Range;

/**
 * The rate rises in a straight line to the initial one, s + (1 − s)·t/W for the start factor s, after t of W epochs or steps;
 * then another schedule begins, which counts from there. It is PyTorch's {@code SequentialLR} of {@code
 * LinearLR(start_factor=s, total_iters=W)} and the other, with W as its milestone.
 */
public record WarmUp(
    @Hyperparameter(value = "epochs or steps of the rise", range = Range.COUNT)
        @JsonInclude
        Integer length,
    @Hyperparameter(value = "part of the initial rate that it begins with", range = Range.FRACTION)
        @JsonInclude
        Double startFactor,
    @Hyperparameter(value = "what the length counts, and after what the rate rises", range = Range.CHOICE)
        @JsonInclude
        Unit unit,
    @Hyperparameter(value = "schedule that follows, no warm-up; it counts from the end of this one", range = Range.CHOICE)
        @JsonInclude
        Schedule then)
    implements Schedule {
  /** PyTorch's length. */
  private static final int LENGTH = 5;

  /** PyTorch's start factor. */
  private static final double START = 1.0 / 3;

  /** Checks the values. */
  public WarmUp {
    length = length == null ? LENGTH : length;
    startFactor = startFactor == null ? START : startFactor;
    unit = unit == null ? Unit.EPOCH : unit;
    then = then == null ? new Constant() : then;
    Hyperparameters.check(WarmUp.class, length, startFactor, unit, then);
    if (then instanceof WarmUp) {
      throw new IllegalArgumentException("then is " + then.name() + "; it must be another schedule");
    }
  }

  /** In front of a constant rate. */
  public WarmUp() {
    this(null, null, null, null);
  }

  /** The same in front of another schedule; if that is a warm-up, in its place. */
  public WarmUp before(Schedule other) {
    return new WarmUp(length, startFactor, unit, other instanceof WarmUp replaced ? replaced.then : other);
  }

  @Override
  public String name() {
    return "warm-up";
  }

  @Override
  public boolean spansTraining() {
    return then.spansTraining();
  }

  @Override
  public double factor(Progress at) {
    long position = unit.over(at);
    return position < length
        ? startFactor + (1 - startFactor) * ((double) position / length)
        : then.factor(at.after((long) length * unit.steps(at)));
  }
}
