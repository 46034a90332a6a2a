// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

import io.github.arturo4j.kernels.optimizer.Hyperparameter;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import java.util.stream.Collectors;

/**
 * How the rate of an optimizer changes: by what the initial one is multiplied in each step. It is a function of the step
 * alone, so that a training which goes on has the rates that it would have had.
 *
 * <p>An implementation is a public record whose components have a {@link Hyperparameter} annotation each, and which has a
 * second constructor without arguments: the defaults. A component that may be left out in an experiment file has a {@code
 * JsonInclude} annotation and is an object; null for it stands for its default. A schedule is known by its name once {@code
 * META-INF/services/io.github.arturo4j.host.schedule.Schedule} has a line for it, see {@link Schedules}.
 */
public interface Schedule {
  /** The schedule's name, as in an experiment file. */
  String name();

  /** By what the initial rate is multiplied in a step. */
  double factor(Progress at);

  /** The rate of a step. */
  default double rate(double initial, Progress at) {
    return initial * factor(at);
  }

  /** Whether the factors depend on how many steps the training has, so that it cannot get more of them later. */
  default boolean spansTraining() {
    return false;
  }

  /** Name and values, such as {@code cosine (finalFactor 0.01, unit epoch)}. */
  default String label() {
    String values =
        Hyperparameters.describe(this).stream()
            .filter(info -> info.value() != null)
            .map(info -> info.name() + " " + (info.value() instanceof Schedule other ? other.label() : info.value()))
            .collect(Collectors.joining(", "));
    return values.isEmpty() ? name() : name() + " (" + values + ")";
  }
}
