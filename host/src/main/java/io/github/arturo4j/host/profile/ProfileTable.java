// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.profile;

import io.github.arturo4j.kernels.graph.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A summary as a table for people. */
final class ProfileTable {
  private final ProfileSummary summary;
  private final List<String> lines = new ArrayList<>();

  private ProfileTable(ProfileSummary summary) {
    this.summary = summary;
  }

  /** The table's lines. */
  static List<String> lines(ProfileSummary summary) {
    ProfileTable table = new ProfileTable(summary);
    table.fill();
    return table.lines;
  }

  private void fill() {
    lines.add("Where a step's time goes, means of " + summary.steps() + " profiled steps:");
    lines.add(String.format("%-34s %10s %7s %9s %8s", "", "µs", "share", "GFLOP/s", "GB/s"));
    for (Phase phase : Phase.values()) {
      row(phase.toString(), summary.micros(phase), "", "");
      for (ProfileSummary.Task task : summary.tasks()) {
        if (task.phase() == phase) {
          row("  " + task.name(), task.micros(), rate(task.gigaflops()), rate(task.gigabytes()));
        }
      }
    }
    row("transfers", summary.transfers(), "", "");
    row(String.format(Locale.ROOT, "  to the device, %,.0f bytes", summary.bytesIn()), summary.copyIn(), "", "");
    row(String.format(Locale.ROOT, "  to the host, %,.0f bytes", summary.bytesOut()), summary.copyOut(), "", "");
    row("host overhead", summary.host(), "", "");
    row("step", summary.wall(), "", "");
  }

  private void row(String name, double micros, String flops, String bytes) {
    lines.add(
        String.format(
                Locale.ROOT, "%-34s %10.1f %6.1f%% %9s %8s", name, micros, 100 * micros / summary.wall(), flops, bytes)
            .stripTrailing());
  }

  private static String rate(double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.1f", value);
  }
}
