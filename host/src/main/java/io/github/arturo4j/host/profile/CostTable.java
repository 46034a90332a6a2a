// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What a step costs, task by task, how long a device is predicted to take for it, and how long it took. */
public final class CostTable {
  private final List<GraphTask> tasks;
  private final TimeModel model;
  private final ProfileSummary measured;
  private final List<String> lines = new ArrayList<>();

  private CostTable(List<GraphTask> tasks, TimeModel model, ProfileSummary measured) {
    this.tasks = tasks;
    this.model = model;
    this.measured = measured;
  }

  /**
   * The table's lines.
   *
   * @param images of a step
   * @param measured on the modelled device; null for a prediction alone
   */
  public static List<String> lines(List<GraphTask> tasks, int images, TimeModel model, ProfileSummary measured) {
    CostTable table = new CostTable(tasks, model, measured);
    table.fill(images);
    return table.lines;
  }

  private void fill(int images) {
    lines.add(
        String.format("%-34s %8s %10s %9s %12s", "task", "launches", "MFLOP", "MB", "predicted µs")
            + (measured == null ? String.format(" %10s", "efficiency") : String.format(" %12s %7s", "measured µs", "ratio")));
    for (Phase phase : Phase.values()) {
      total(phase.toString(), t -> t.phase() == phase);
      tasks.stream().filter(t -> t.phase() == phase).forEach(t -> total("  " + t.name(), t::equals));
    }
    if (measured == null && tasks.stream().anyMatch(GraphTask::isTiledProduct)) {
      total("tiled products of a step", GraphTask::isTiledProduct);
    }
    total("kernels of a step", t -> true);
    if (measured != null) {
      lines.add(
          String.format(
              Locale.ROOT, "the step as the host saw it: %.1f µs, %.2f times the prediction", measured.wall(),
              measured.wall() / predicted(t -> true)));
    }
    Cost network = cost(t -> t.phase() != Phase.OPTIMIZER);
    Cost all = cost(t -> true);
    lines.add(
        String.format(
            Locale.ROOT, "an image of a full batch of %d: %.2f MFLOP forward and backward, %.2f with the optimizer",
            images, network.flops() * 1e-6 / images, all.flops() * 1e-6 / images));
    List<String> unknown = tasks.stream().filter(t -> t.cost().isEmpty()).map(GraphTask::name).toList();
    if (!unknown.isEmpty()) {
      lines.add("counted as nothing but launches, because their cost is not known: " + String.join(", ", unknown));
    }
  }

  private void total(String name, Predicate<GraphTask> of) {
    Cost cost = cost(of);
    double predicted = predicted(of);
    String line =
        String.format(
            Locale.ROOT, "%-34s %8d %10.2f %9.2f %12.1f", name, tasks.stream().filter(of).count(), cost.flops() * 1e-6,
            cost.bytes() * 1e-6, predicted);
    if (measured != null) {
      double micros = 0;
      for (int i = 0; i < tasks.size(); i++) {
        micros += of.test(tasks.get(i)) ? measured.tasks().get(i).micros() : 0;
      }
      line += String.format(Locale.ROOT, " %12.1f %7.2f", micros, micros / predicted);
    } else if (cost.flops() > 0 && tasks.stream().filter(of).allMatch(GraphTask::isTiledProduct)) {
      line += String.format(Locale.ROOT, " %9.1f%%", 100 * model.efficiency(cost.flops(), predicted));
    }
    lines.add(line);
  }

  private Cost cost(Predicate<GraphTask> of) {
    return tasks.stream().filter(of).map(t -> t.cost().orElse(Cost.NONE)).reduce(Cost.NONE, Cost::plus);
  }

  private double predicted(Predicate<GraphTask> of) {
    return tasks.stream().filter(of).mapToDouble(model::micros).sum();
  }
}
