// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.host.schedule.Schedules;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code arturo schedules}. */
@Command(
    name = "schedules",
    mixinStandardHelpOptions = true,
    description = "Lists the schedules of rates with their values: default, range, and what each does.")
final class SchedulesCommand implements Callable<Integer> {
  @Mixin JsonOption json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted) {
      JsonOption.print(Schedules.all().stream().map(schedule -> JsonOption.named(schedule.name(), schedule)).toList(), out);
      return 0;
    }
    for (Schedule schedule : Schedules.all()) {
      ValueList.print(schedule.name(), schedule, out);
    }
    out.flush();
    return 0;
  }
}
