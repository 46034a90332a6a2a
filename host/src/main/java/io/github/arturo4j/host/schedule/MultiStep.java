// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.kernels.optimizer.Hyperparameter;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import io.github.arturo4j.kernels.optimizer.Range;
import java.util.List;

/**
 * The rate falls by the same factor after each milestone: factor<sup>k</sup>, where k milestones are over. It is PyTorch's
 * {@code MultiStepLR(milestones, gamma=factor)}.
 */
public record MultiStep(
    @Hyperparameter(value = "epochs or steps after which the rate falls, rising; to be given", range = Range.CHOICE)
        List<Integer> milestones,
    @Hyperparameter(value = "what it is multiplied by at each", range = Range.FRACTION)
        @JsonInclude
        Double factor,
    @Hyperparameter(value = "what the milestones count", range = Range.CHOICE)
        @JsonInclude
        Unit unit)
    implements Schedule {
  /** PyTorch's factor. */
  private static final double FACTOR = 0.1;

  /** Checks the values. */
  public MultiStep {
    milestones = List.copyOf(milestones);
    factor = factor == null ? FACTOR : factor;
    unit = unit == null ? Unit.EPOCH : unit;
    Hyperparameters.check(MultiStep.class, milestones, factor, unit);
    for (int i = 0; i < milestones.size(); i++) {
      if (milestones.get(i) < 1 || i > 0 && milestones.get(i) <= milestones.get(i - 1)) {
        throw new IllegalArgumentException("milestones is " + milestones + "; they must be positive and rising");
      }
    }
  }

  /** By epochs. */
  public MultiStep(List<Integer> milestones, double factor) {
    this(milestones, factor, Unit.EPOCH);
  }

  /** No milestone yet. */
  public MultiStep() {
    this(List.of(), null, null);
  }

  @Override
  public String name() {
    return "multi-step";
  }

  @Override
  public double factor(Progress at) {
    long position = unit.over(at);
    long passed = milestones.stream().filter(milestone -> position >= milestone).count();
    return Math.pow(factor, passed);
  }
}
