// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.inspect.StepProfile;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Means over profiled steps, in microseconds and bytes.
 *
 * @param steps how many there are
 * @param wall time that the host waited for a step
 * @param tasks in their order in the step
 * @param copyIn time of the copies to the device
 * @param bytesIn their size
 * @param copyOut time of the copies to the host; those that are asked for between steps are not among them
 * @param bytesOut their size
 * @param dispatch what the driver took to start kernels and copies; part of {@link #host}
 */
public record ProfileSummary(
    int steps,
    double wall,
    List<Task> tasks,
    double copyIn,
    double bytesIn,
    double copyOut,
    double bytesOut,
    double dispatch) {
  /** Steps that count only where there are no others: caches, and on the JVM the code, are not warm yet. */
  private static final int WARM_UP = 20;

  /**
   * A task's mean.
   *
   * @param micros time of its kernel
   * @param cost what it has to do; null where that is not known
   */
  public record Task(String name, Phase phase, double micros, Cost cost) {
    /** 10⁹ operations a second; NaN without a cost or a time. */
    public double gigaflops() {
      return rate(cost == null ? 0 : cost.flops());
    }

    /** 10⁹ bytes a second; NaN without a cost or a time. */
    public double gigabytes() {
      return rate(cost == null ? 0 : cost.bytes());
    }

    private double rate(long amount) {
      return amount == 0 || micros == 0 ? Double.NaN : amount / micros * 1e-3;
    }
  }

  /**
   * The means.
   *
   * @param all at least one
   */
  public static ProfileSummary of(List<GraphTask> tasks, List<StepProfile> all) {
    long first = all.getFirst().step();
    List<StepProfile> warm = all.stream().filter(p -> p.step() - first >= WARM_UP).toList();
    List<StepProfile> samples = warm.isEmpty() ? all : warm;
    List<Task> means =
        tasks.stream()
            .map(
                t ->
                    new Task(
                        t.name(),
                        t.phase(),
                        mean(samples, p -> p.device().kernels().getOrDefault(t.name(), 0L)) * 1e-3,
                        t.cost().orElse(null)))
            .toList();
    return new ProfileSummary(
        samples.size(),
        mean(samples, StepProfile::wall) * 1e-3,
        means,
        mean(samples, p -> p.device().copyIn()) * 1e-3,
        mean(samples, p -> p.device().bytesIn()),
        mean(samples, p -> p.device().copyOut()) * 1e-3,
        mean(samples, p -> p.device().bytesOut()),
        mean(samples, p -> p.device().dispatch()) * 1e-3);
  }

  private static double mean(List<StepProfile> samples, ToLongFunction<StepProfile> value) {
    return samples.stream().mapToLong(value).average().orElseThrow();
  }

  /** Time of a phase's kernels. */
  public double micros(Phase phase) {
    return tasks.stream().filter(t -> t.phase() == phase).mapToDouble(Task::micros).sum();
  }

  /** Time of all copies. */
  public double transfers() {
    return copyIn + copyOut;
  }

  /** What of a step is neither a kernel's time nor a copy's: the host's own, dispatch and waiting. */
  public double host() {
    return wall - transfers() - tasks.stream().mapToDouble(Task::micros).sum();
  }
}
