// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.GraphTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a GPU is predicted to take for a step.
 *
 * @param tasks those that it would be given
 * @param images of the step
 */
public record StepPrediction(Gpu gpu, List<GraphTask> tasks, int images) {
  /** Microseconds of all tasks. */
  public double micros() {
    return micros(task -> true);
  }

  /** Microseconds of the tiled products. */
  public double productMicros() {
    return micros(GraphTask::isTiledProduct);
  }

  /** What of the GPU's peak the tiled products reach, from 0 to 1; NaN where there are none. */
  public double efficiency() {
    long flops = tasks.stream().filter(GraphTask::isTiledProduct).mapToLong(t -> t.cost().orElse(Cost.NONE).flops()).sum();
    return new GpuModel(gpu).efficiency(flops, productMicros());
  }

  private double micros(Predicate<GraphTask> of) {
    return tasks.stream().filter(of).mapToDouble(new GpuModel(gpu)::micros).sum();
  }

  /** A table of predictions, and what they assume. */
  public static List<String> lines(List<StepPrediction> steps) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%-24s %10s %6s %9s %6s %9s %11s %10s %9s %9s %9s", "", "processors", "GHz", "TFLOP/s", "GB/s", "launches", "products µs",
            "efficiency", "others µs", "step µs", "images/s"));
    for (StepPrediction step : steps) {
      Gpu gpu = step.gpu;
      lines.add(
          String.format(
              Locale.ROOT, "%-24s %10d %6.3f %9.1f %6.0f %9d %11.0f %9.0f%% %9.0f %9.0f %9.0f", gpu.title(), gpu.processors(), gpu.clock(),
              gpu.peak() * 1e-3, gpu.bandwidth(), step.tasks.size(), step.productMicros(), 100 * step.efficiency(),
              step.micros() - step.productMicros(), step.micros(), step.images / step.micros() * 1e6));
    }
    String launches = steps.stream().map(step -> Double.toString(step.gpu.launch())).distinct().collect(Collectors.joining(" or "));
    lines.add(
        String.format(
            Locale.ROOT, "assumed: these clocks, under load, too; %.0f%% of these bandwidths; %s µs a launch; %.0f cycles from memory;"
                + " registers and instructions as NVIDIA's compiler makes them",
            100 * GpuModel.REACHED, launches, GpuModel.LATENCY));
    lines.add(
        "efficiency: what of the peak the useful operations of the tiled products are; not modelled: caches, bank conflicts, and what"
            + " host and driver take");
    return lines;
  }
}
