// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import java.io.PrintWriter;

/** Something that an experiment names, with its values. */
final class ValueList {
  private ValueList() {}

  /** Prints its name, and a line for each value: default, what it does, and range. */
  static void print(String name, Object values, PrintWriter out) {
    out.println(name);
    for (Hyperparameters.Info info : Hyperparameters.describe(values)) {
      out.printf(
          "  %-18s %-23s %s%s%n", info.name(), text(info.value()), info.description(),
          info.range().isEmpty() ? "" : " (" + info.range() + ")");
    }
  }

  private static Object text(Object value) {
    return switch (value) {
      case null -> "";
      case Schedule other -> other.label();
      default -> value;
    };
  }
}
