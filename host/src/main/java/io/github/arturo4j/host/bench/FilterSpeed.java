// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.inspect.ExecutionProfile;
import io.github.arturo4j.kernels.optimizer.OptimizerPlan;
import java.util.Locale;
import java.util.Optional;

/**
 * How fast arTuRO's Hessian filter is: it is the loop with most arithmetic, and where the compiler does not
 * vectorise it, it shows.
 *
 * @param bandwidth 10⁹ bytes a second
 */
record FilterSpeed(double bandwidth) {
  private static final String FILTER = "updateFilter";
  private static final int RUNS = 21;

  /** Vectorised, it was at 27 to 58% of a copy on the JVM; with -XX:-UseSuperWord at 7 to 8%. */
  private static final double FEW = 0.2;

  /** That of a warm plan; nothing of an optimizer without a filter, or on a device that does not tell a task's time. */
  static Optional<FilterSpeed> of(OptimizerPlan plan, double rate) {
    Optional<GraphTask> filter = plan.tasks().stream().filter(task -> task.name().equals(FILTER)).findFirst();
    if (filter.isEmpty() || filter.get().cost().isEmpty()) {
      return Optional.empty();
    }
    double[] nanos = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      Optional<ExecutionProfile> profile = plan.profiledStep(rate);
      nanos[i] = profile.map(step -> step.kernels().getOrDefault(FILTER, 0L)).orElse(0L);
    }
    double median = Timing.median(nanos);
    return median == 0 ? Optional.empty() : Optional.of(new FilterSpeed(filter.get().cost().get().bytes() / median));
  }

  /**
   * What it is, and a warning where it is little.
   *
   * @param copy 10⁹ bytes a second of a copy
   */
  String line(String optimizer, int parameters, double copy) {
    double share = bandwidth / copy;
    return String.format(
        Locale.ROOT, "%s, %d parameters: the Hessian filter moves %.1f GB/s, %.0f%% of a copy%s", optimizer, parameters,
        bandwidth, 100 * share,
        share < FEW
            ? "\nwarning: less than a fifth of a copy: the compiler has not vectorised the filter, or the machine was busy; run this"
                + " again with nothing beside it"
            : "");
  }
}
